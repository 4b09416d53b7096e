using WasteFree.Exchange.Audit;

namespace WasteFree.Exchange.Storage;

/// <summary>Entries of the audit log alone, with those that wait behind them: the head is moved once for all.</summary>
internal sealed class AuditOperation(IReadOnlyList<AuditEntry> entries) : WriteOperation<bool>(entries.Count)
{
    private readonly List<AuditOperation> _followers = [];

    private IReadOnlyList<AuditEntry> Entries => entries;

    public override bool TryJoin(WriteOperation later)
    {
        if (later is not AuditOperation follower) return false;
        _followers.Add(follower);
        return true;
    }

    public override IReadOnlyList<WriteOperation> Part()
    {
        AuditOperation[] all = [this, .. _followers];
        _followers.Clear();
        return all;
    }

    public override void Fail(Exception exception)
    {
        foreach (var follower in _followers) follower.Fail(exception);
        base.Fail(exception);
    }

    protected override async Task<bool> RunAsync(WriteSession session)
    {
        await session.AppendAuditAsync([.. entries, .. _followers.SelectMany(follower => follower.Entries)]).ConfigureAwait(false);
        return true;
    }

    protected override void Answer(bool result)
    {
        foreach (var follower in _followers) follower.Answer(result);
        base.Answer(result);
    }
}
