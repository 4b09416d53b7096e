using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

/// <summary>
/// A chunk on its way in, together with those of its upload that follow on it. If the cursor stands where the first one
/// begins, it will stand where each of the others begins: one move of it, and one answer, for all.
/// </summary>
internal sealed class ChunkOperation(UploadChunk chunk, Func<WriteSession, UploadChunk, Task<AppendResult>> append)
    : WriteOperation<AppendResult>(Math.Max(1, chunk.Rows.Count))
{
    private readonly List<ChunkOperation> _followers = [];
    private UploadChunk? _whole;

    private UploadChunk Chunk => chunk;

    public override bool TryJoin(WriteOperation later)
    {
        if (later is not ChunkOperation { Chunk: var next } follower) return false;
        var last = _followers.Count == 0 ? chunk : _followers[^1].Chunk;
        if (next.Changeset != last.Changeset || next.Epoch != last.Epoch || next.Offset != last.Offset + last.RowCount) return false;
        _followers.Add(follower);
        return true;
    }

    public override void Fail(Exception exception)
    {
        foreach (var follower in _followers) follower.Fail(exception);
        base.Fail(exception);
    }

    protected override Task<AppendResult> RunAsync(WriteSession session) =>
        append(session, _whole ??= Together([chunk, .. _followers.Select(follower => follower.Chunk)]));

    protected override void Answer(AppendResult result)
    {
        foreach (var follower in _followers) follower.Answer(result);
        base.Answer(result);
    }

    private static UploadChunk Together(IReadOnlyList<UploadChunk> chunks) => chunks.Count == 1 ? chunks[0] : chunks[0] with
    {
        RowCount = chunks.Sum(part => part.RowCount),
        DigestState = chunks[^1].DigestState,
        StoredState = chunks[^1].StoredState,
        Rows = [.. chunks.SelectMany(part => part.Rows)],
        Findings = [.. chunks.SelectMany(part => part.Findings)],
        Rejected = chunks.Sum(part => part.Rejected),
    };
}
