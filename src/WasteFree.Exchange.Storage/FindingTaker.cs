using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

/// <summary>
/// Takes the findings of an attempt: all are counted by their rules, the first of them are kept. A file of bad rows makes many
/// times its own size of findings, which say little that the first ones do not.
/// </summary>
/// <param name="session">Of the transaction that finds them.</param>
/// <param name="organization">Whose attempt it is.</param>
/// <param name="changeset">The attempt.</param>
/// <param name="room">How many more are kept.</param>
internal sealed class FindingTaker(WriteSession session, string organization, long changeset, long room)
{
    /// <summary>Of an attempt.</summary>
    public const long Kept = 1_000;

    /// <summary>Of all attempts of an organisation together.</summary>
    public const long OrganizationKept = 20_000;

    private long _room = Math.Max(0, room);

    /// <summary>How many it was given.</summary>
    public long Taken { get; private set; }

    public async Task TakeAsync(IReadOnlyList<FindingRow> findings)
    {
        if (findings.Count == 0) return;
        Taken += findings.Count;
        FindingRow[] kept = [.. findings.Take((int)Math.Min(_room, findings.Count))];
        _room -= kept.Length;
        if (kept.Length > 0) await session.InsertFindingsAsync(kept).ConfigureAwait(false);
        var keptBy = kept.CountBy(finding => finding.Rule).ToDictionary();
        foreach (var (rule, found) in findings.CountBy(finding => finding.Rule).OrderBy(count => count.Key, StringComparer.Ordinal))
        {
            var count = new { changeset, rule, organization, found = (long)found, kept = (long)keptBy.GetValueOrDefault(rule) };
            if (await session.CountAsync(FindingSql.AddCount, count).ConfigureAwait(false) == 0)
                await session.ExecuteAsync(FindingSql.InsertCount, count).ConfigureAwait(false);
        }
        if (kept.Length > 0) await TrimAsync().ConfigureAwait(false);
    }

    /// <summary>What the organisation has beyond its bound goes, that of its oldest attempts first.</summary>
    private async Task TrimAsync()
    {
        var stored = await session.SingleAsync(FindingSql.SumKept, new { organization }).ConfigureAwait(false);
        while (stored > OrganizationKept
            && await session.FindAsync(session.Sql.Findings.SelectOldest, new { organization, changeset }).ConfigureAwait(false) is { } oldest)
        {
            stored -= oldest.Kept;
            await session.DropFindingsAsync(oldest.Changeset).ConfigureAwait(false);
        }
    }
}

/// <summary>An attempt that has findings.</summary>
internal sealed class KeptRow
{
    public long Changeset { get; init; }
    public long Kept { get; init; }
}

/// <summary>How many findings of a rule an attempt has.</summary>
internal sealed class RuleCountRow
{
    public string Rule { get; init; } = "";
    public long Found { get; init; }
    public long Kept { get; init; }

    public RuleCount ToCount() => new(Rule, Found, Kept);
}
