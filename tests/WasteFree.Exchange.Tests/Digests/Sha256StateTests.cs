using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using WasteFree.Exchange.Digests;
using Xunit;

namespace WasteFree.Exchange.Tests.Digests;

public sealed class Sha256StateTests
{
    [Theory]
    [InlineData("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    [InlineData(
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu", 1,
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1")]
    [InlineData("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")]
    public void The_published_examples_have_their_digests(string text, int times, string digest)
    {
        var hash = new Sha256State();
        for (var i = 0; i < times; i++) hash.Update(Encoding.UTF8.GetBytes(text));
        Assert.Equal(digest, Convert.ToHexStringLower(hash.Digest()));
    }

    [Fact]
    public void Bytes_of_every_length_over_three_blocks_have_the_digest_of_the_platform()
    {
        var bytes = RandomNumberGenerator.GetBytes(200);
        for (var length = 0; length <= bytes.Length; length++)
        {
            var hash = new Sha256State();
            hash.Update(bytes.AsSpan(0, length));
            Assert.Equal(SHA256.HashData(bytes.AsSpan(0, length)), hash.Digest());
        }
    }

    [Fact]
    public void Bytes_in_pieces_with_the_state_stored_between_them_have_the_digest_of_the_whole()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var bytes = new byte[random.Next(2_000)];
            random.NextBytes(bytes);
            var (state, done) = (new Sha256State().Export(), 0);
            while (done < bytes.Length)
            {
                var piece = Math.Min(random.Next(200), bytes.Length - done);
                var hash = Sha256State.Import(state);
                hash.Update(bytes.AsSpan(done, piece));
                done += piece;
                // A digest on the way changes nothing.
                Assert.Equal(SHA256.HashData(bytes.AsSpan(0, done)), hash.Digest());
                state = hash.Export();
                Assert.Equal(Sha256State.StateSize, state.Length);
            }
            Assert.Equal(SHA256.HashData(bytes), Sha256State.Import(state).Digest());
        }
    }

    [Fact]
    public void The_vectors_of_the_contracts_have_the_digest_of_the_platform()
    {
        var vectors = File.ReadAllBytes(Path.Combine(Root, "protos", "testdata", "digest.json"));
        Assert.NotEmpty(JsonNode.Parse(vectors)!.AsArray());
        foreach (var part in vectors.Chunk(997).Append(vectors))
        {
            var hash = new Sha256State();
            hash.Update(part);
            Assert.Equal(SHA256.HashData(part), hash.Digest());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(Sha256State.StateSize - 1)]
    [InlineData(Sha256State.StateSize + 1)]
    public void What_is_no_state_is_refused(int size) => Assert.Throws<ArgumentException>(() => Sha256State.Import(new byte[size]));

    private static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "WasteFree.Exchange.sln"))) folder = Path.GetDirectoryName(folder)!;
            return folder;
        }
    }
}
