using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Identity;

/// <summary>Lists of revoked certificates (CRL) beside the access list.</summary>
public sealed class RevocationTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_that_its_authority_revokes_is_refused_and_loses_its_streams_and_no_other_does(bool isPem)
    {
        await using var hub = await SecuredHub.StartAsync();
        using var revoked = hub.Issue(SecuredHub.Yaan);
        using var other = hub.Issue(SecuredHub.Yaan);
        using var watch = new FeedService.FeedServiceClient(hub.Connect(revoked)).Watch(new WatchRequest { StartAt = WatchStart.Now }, cancellationToken: Cancelled);
        Assert.True(await watch.ResponseStream.MoveNext(Cancelled).WaitAsync(SecuredHub.Soon, Cancelled));

        var list = List(hub, Now.AddDays(7), revoked);
        await File.WriteAllBytesAsync(hub.Security.RevocationFile, isPem ? System.Text.Encoding.ASCII.GetBytes(PemEncoding.WriteString("X509 CRL", list)) : list, Cancelled);

        var ended = await Refused.ByAsync(async () =>
        {
            while (await watch.ResponseStream.MoveNext(Cancelled).WaitAsync(SecuredHub.Soon, Cancelled))
            {
            }
        });
        Assert.Equal(ErrorReason.CredentialRefused, ended.Reason);
        Assert.Equal(ErrorReason.CredentialRefused, (await SecuredHub.RefuseAsync(hub.Connect(revoked))).Reason);
        Assert.Contains("CertificateRevoked", hub.Warnings.Messages.First(), StringComparison.Ordinal);
        await SecuredHub.ReadAsync(hub.Connect(other));
    }

    [Fact]
    public async Task A_pinned_certificate_can_be_revoked_too()
    {
        await using var hub = await SecuredHub.StartAsync();
        using var revoked = hub.Issue("whoever");
        hub.Change(access => access with { Callers = [SecuredHub.Caller(SecuredHub.Yaan) with { Certificates = [CredentialNames.Fingerprint(revoked)] }] });
        await SecuredHub.SoonAsync(() => Task.FromResult(hub.Certificates.Find(revoked).Refusal is null));
        await File.WriteAllBytesAsync(hub.Security.RevocationFile, List(hub, Now.AddDays(7), revoked), Cancelled);
        await SecuredHub.SoonAsync(() => Task.FromResult(hub.Certificates.Find(revoked).Refusal is not null));
    }

    [Theory]
    [InlineData("another authority", "not signed by")]
    [InlineData("another key under the authority's name", "not signed by")]
    [InlineData("a bit of it changed", "not signed by")]
    [InlineData("a caller of the authority", "not signed by")]
    [InlineData("SHA-1", "not signed by")]
    [InlineData("tomorrow", "valid from")]
    [InlineData("an extension that is critical", "can be read")]
    [InlineData("no nextUpdate", "can be read")]
    [InlineData("nonsense", "no revocation list")]
    [InlineData("half of it", "can be read")]
    [InlineData("nothing", "no revocation list")]
    public async Task A_list_that_is_not_wholly_right_is_not_taken_and_the_last_good_state_stays(string what, string says)
    {
        await using var hub = await SecuredHub.StartAsync();
        using var revoked = hub.Issue(SecuredHub.Yaan);
        using var authority = hub.AuthorityWithKey();
        using var caller = hub.Issue(SecuredHub.Wanzhou);
        using var stranger = CertificateAuthority.Make("another", Now, TimeSpan.FromDays(1), out var key);
        using var another = X509Certificate2.CreateFromPem(stranger.Pem, key);
        using var impostor = CertificateAuthority.Make("test", Now, TimeSpan.FromDays(1), out var impostorKey);
        using var impostorWithKey = X509Certificate2.CreateFromPem(impostor.Pem, impostorKey);
        var good = List(hub, Now.AddDays(7), revoked);
        byte[] list = what switch
        {
            "another authority" => Made(another, Now.AddDays(-1), Now.AddDays(7), revoked),
            "another key under the authority's name" => Made(impostorWithKey, Now.AddDays(-1), Now.AddDays(7), revoked),
            "a bit of it changed" => [.. good[..^1], (byte)(good[^1] ^ 1)],
            "a caller of the authority" => Made(caller, Now.AddDays(-1), Now.AddDays(7), revoked),
            "SHA-1" => Made(authority, Now.AddDays(-1), Now.AddDays(7), revoked, algorithm: "1.2.840.10045.4.1"),
            "tomorrow" => Made(authority, Now.AddDays(1), Now.AddDays(7), revoked),
            "an extension that is critical" => Made(authority, Now.AddDays(-1), Now.AddDays(7), revoked, critical: "2.5.29.28"),
            "no nextUpdate" => Made(authority, Now.AddDays(-1), null, revoked),
            "nonsense" => "nonsense"u8.ToArray(),
            "half of it" => good[..(good.Length / 2)],
            "nothing" => [],
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
        await File.WriteAllBytesAsync(hub.Security.RevocationFile, list, Cancelled);

        Assert.Contains(says, Assert.Throws<ArgumentException>(() => Trust.Read(hub.Security, Now)).Message, StringComparison.Ordinal);
        await SecuredHub.SoonAsync(() => Task.FromResult(hub.Warnings.Messages.Count > 0));
        Assert.Contains("crl.pem", hub.Warnings.Messages.First(), StringComparison.Ordinal);
        await SecuredHub.ReadAsync(hub.Connect(revoked));
    }

    [Fact]
    public async Task A_list_that_is_out_of_date_is_told_every_hour_and_what_it_revokes_stays_refused()
    {
        var time = new FakeTimeProvider(Now);
        await using var hub = await SecuredHub.StartAsync(time: time);
        using var revoked = hub.Issue(SecuredHub.Yaan);
        await File.WriteAllBytesAsync(hub.Security.RevocationFile, List(hub, Now.AddHours(1), revoked), Cancelled);
        time.Advance(TimeSpan.FromSeconds(2));
        await SecuredHub.SoonAsync(() => Task.FromResult(hub.Certificates.Find(revoked).Refusal is not null));
        Assert.DoesNotContain(hub.Warnings.Messages, line => line.Contains("out of date", StringComparison.Ordinal));

        for (var hour = 1; hour <= 3; hour++)
        {
            time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(5));
            await SecuredHub.SoonAsync(() => Task.FromResult(hub.Warnings.Messages.Count(line => line.Contains("out of date", StringComparison.Ordinal)) == hour));
        }
        Assert.NotNull(hub.Certificates.Find(revoked).Refusal);
        Assert.Null(hub.Certificates.Find(hub.Issue(SecuredHub.Yaan)).Refusal);
    }

    [Fact]
    public void Whatever_the_bytes_of_a_list_reading_them_ends_in_a_list_or_in_none()
    {
        using var authority = CertificateAuthority.Make("test", Now.AddDays(-2), TimeSpan.FromDays(30), out var key);
        using var signer = X509Certificate2.CreateFromPem(authority.Pem, key);
        using var certificate = SecuredHub.Usable(authority.IssueClient("yaan", Now, TimeSpan.FromDays(1)));
        byte[][] seeds = [Made(signer, Now.AddDays(-1), Now.AddDays(1), certificate), Made(signer, Now.AddDays(-1), Now.AddDays(1), certificate, critical: "2.5.29.20")];
        var random = new Random(7);
        var taken = 0;
        for (var i = 0; i < 40_000; i++)
        {
            var seed = seeds[i % seeds.Length];
            List<byte> bytes = [.. seed];
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var at = random.Next(bytes.Count);
                switch (random.Next(4))
                {
                    case 0: bytes[at] = (byte)random.Next(256); break;
                    case 1: bytes.RemoveAt(at); break;
                    case 2: bytes.Insert(at, (byte)random.Next(256)); break;
                    default: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                }
            }
            if (RevocationList.Find(bytes.ToArray()) is { } read && read.IsSignedBy(signer) && !bytes.SequenceEqual(seed)) taken++;
        }
        Assert.Equal(0, taken);
        Assert.All(seeds, seed => Assert.True(RevocationList.Find(seed)!.IsSignedBy(signer) && RevocationList.Find(seed)!.Revokes(certificate)));
    }

    private static byte[] List(SecuredHub hub, DateTimeOffset until, X509Certificate2 revoked)
    {
        using var authority = hub.AuthorityWithKey();
        var list = new CertificateRevocationListBuilder();
        list.AddEntry(revoked, Now.AddHours(-1), X509RevocationReason.KeyCompromise);
        return list.Build(authority, 7, until, HashAlgorithmName.SHA256, thisUpdate: Now.AddDays(-1));
    }

    /// <summary>A list as no builder would make it.</summary>
    private static byte[] Made(X509Certificate2 signer, DateTimeOffset from, DateTimeOffset? until, X509Certificate2 revoked, string algorithm = "1.2.840.10045.4.3.2", string? critical = null)
    {
        var content = new AsnWriter(AsnEncodingRules.DER);
        using (content.PushSequence())
        {
            content.WriteInteger(1);
            WriteAlgorithm(content);
            content.WriteEncodedValue(signer.SubjectName.RawData);
            content.WriteUtcTime(from);
            if (until is { } end) content.WriteUtcTime(end);
            using (content.PushSequence())
            using (content.PushSequence())
            {
                content.WriteInteger(revoked.SerialNumberBytes.Span);
                content.WriteUtcTime(Now);
            }
            if (critical is not null)
            {
                using (content.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                using (content.PushSequence())
                using (content.PushSequence())
                {
                    content.WriteObjectIdentifier(critical);
                    content.WriteBoolean(true);
                    content.WriteOctetString([0x02, 0x01, 0x07]);
                }
            }
        }
        var signed = content.Encode();
        using var key = signer.GetECDsaPrivateKey()!;
        var hash = algorithm == "1.2.840.10045.4.1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
        var list = new AsnWriter(AsnEncodingRules.DER);
        using (list.PushSequence())
        {
            list.WriteEncodedValue(signed);
            WriteAlgorithm(list);
            list.WriteBitString(key.SignData(signed, hash, DSASignatureFormat.Rfc3279DerSequence));
        }
        return list.Encode();

        void WriteAlgorithm(AsnWriter writer)
        {
            using (writer.PushSequence()) writer.WriteObjectIdentifier(algorithm);
        }
    }
}
