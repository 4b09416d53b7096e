using System.Buffers.Binary;
using WasteFree.Exchange.Feed;

namespace WasteFree.Exchange.Server.Feed;

/// <summary>What is watched, in two forms: a token is good for either.</summary>
/// <param name="Written">
/// As it was asked. The same words go on, though a catalogue loaded since may give a name to further regions.
/// </param>
/// <param name="Found">As the catalogue of now reads it: name or code make no other.</param>
internal sealed record WatchQuestion(CanonicalQuery Written, CanonicalQuery Found);

/// <summary>A place in a watch.</summary>
/// <param name="Position">Ledger position.</param>
/// <param name="Hash">First bytes of the hash that the entry there had: a restored older ledger does not have it.</param>
/// <param name="Snapshot">Where the snapshot of that position goes on; null: not within one.</param>
internal sealed record ResumePlace(long Position, byte[] Hash, SnapshotPlace? Snapshot);

/// <summary>Resume tokens of a watch as text, opaque to callers: see <see cref="TokenSeal"/>.</summary>
internal sealed class ResumeTokens(TokenSeal seal)
{
    private const string Kind = "watch";
    private const int HashSize = 8;
    private const int HashAt = sizeof(long);
    private const int AfterAt = HashAt + HashSize;
    private const int CountAt = AfterAt + sizeof(long);
    private const int WrittenAt = CountAt + sizeof(long);
    private const int FoundAt = WrittenAt + CanonicalQuery.DigestSize;
    private const int Size = FoundAt + CanonicalQuery.DigestSize;

    /// <summary>Stands for the count of a snapshot where there is none.</summary>
    private const long NoSnapshot = -1;

    public string Write(SafePoint point, WatchQuestion question, string? caller)
    {
        Span<byte> body = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(body, point.Ledger.Position);
        point.Ledger.Hash.AsSpan(0, HashSize).CopyTo(body[HashAt..]);
        BinaryPrimitives.WriteInt64BigEndian(body[AfterAt..], point.Snapshot?.After ?? 0);
        BinaryPrimitives.WriteInt64BigEndian(body[CountAt..], point.Snapshot?.Count ?? NoSnapshot);
        question.Written.Digest().CopyTo(body[WrittenAt..]);
        question.Found.Digest().CopyTo(body[FoundAt..]);
        return seal.Write(Kind, caller, body);
    }

    /// <returns>The place; null: not a token of this store for this caller and question.</returns>
    public ResumePlace? Read(string text, WatchQuestion question, string? caller)
    {
        Span<byte> body = stackalloc byte[Size];
        if (!seal.TryRead(text, Kind, caller, body)) return null;
        if (!body[WrittenAt..FoundAt].SequenceEqual(question.Written.Digest()) && !body[FoundAt..].SequenceEqual(question.Found.Digest())) return null;
        var count = BinaryPrimitives.ReadInt64BigEndian(body[CountAt..]);
        return new ResumePlace(
            BinaryPrimitives.ReadInt64BigEndian(body),
            body[HashAt..AfterAt].ToArray(),
            count == NoSnapshot ? null : new SnapshotPlace(BinaryPrimitives.ReadInt64BigEndian(body[AfterAt..]), count));
    }
}
