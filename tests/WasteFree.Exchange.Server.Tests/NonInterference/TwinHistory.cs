using WasteFree.Exchange.V1;
using static WasteFree.Exchange.Server.Tests.NonInterference.TwinTables;

namespace WasteFree.Exchange.Server.Tests.NonInterference;

/// <summary>
/// A random history of two hubs. Each step tells both the same of what observers may know of, and each something else of
/// what they may not: rows, confidential numbers, withdrawals, refused and unfinished reports, grants to others.
/// </summary>
internal sealed class TwinHistory(Random random, Twins twins)
{
    private readonly Dictionary<(string, string, string, string, string), (string One, string Other)> _secrets = [];
    private readonly List<(string Organization, string Id)> _common = [];
    private readonly List<(string Organization, string Id)>[] _hidden = [[], []];
    private int _reports;

    /// <summary>Reports that both hubs have, withdrawn or not.</summary>
    public IReadOnlyList<(string Organization, string Id)> Common => _common;

    /// <summary>Reports of which observers know nothing: in one hub, or in the other.</summary>
    public IEnumerable<(string Organization, string Id)> Hidden => _hidden[0].Concat(_hidden[1]);

    /// <summary>Steps in which the hubs were told different things.</summary>
    public int Differences { get; private set; }

    public async Task StepAsync()
    {
        twins.Clock.Advance(TimeSpan.FromHours(random.Next(1, 48)));
        switch (random.Next(15))
        {
            case 0 or 1:
                await SubmitOwnAsync();
                break;
            case 2 or 3 or 4 or 5:
                await SubmitMixedAsync();
                break;
            case 6:
                await SubmitHiddenAsync();
                break;
            case 7:
                await WithdrawHereAndSubmitThereAsync();
                break;
            case 8:
                await WithdrawCommonAsync();
                break;
            case 9:
                await GrantAsync();
                break;
            case 10:
                await SubmitFamilyAsync();
                break;
            case 11:
                await SubmitDifferentAndRetractAsync();
                break;
            case 12:
                await RetractCommonAsync();
                break;
            default:
                await FailAsync();
                break;
        }
    }

    /// <summary>A report of an observer, the same in both.</summary>
    private async Task SubmitOwnAsync()
    {
        var (organization, regions) = Pick(Reporters);
        var rows = Many(random.Next(1, 12), () => RowOf(regions, Indicators));
        foreach (var row in rows)
            if (random.Next(8) == 0) row.Confidentiality = Pick("C", "N");
        var id = NewName("own");
        await twins.SubmitAsync(organization, id, rows, rows);
        _common.Add((organization, id));
    }

    /// <summary>A report of Sichuan: rows that somebody may read, secrets with other numbers, and hidden rows of which the hubs have different ones.</summary>
    private async Task SubmitMixedAsync()
    {
        var (organization, regions) = Pick(Others);
        List<Observation>[] rows = [[], []];
        foreach (var row in Many(random.Next(1, 20), () => RowOf(regions, Indicators)).Where(row => !IsHidden(organization, row.Indicator, row.Region)))
        {
            var (one, other) = random.Next(4) == 0 ? SecretOf(organization, row) : (row, row.Clone());
            rows[0].Add(one);
            rows[1].Add(other);
        }
        foreach (var own in rows) AddHidden(organization, regions, own);
        if (rows.Any(own => own.Count == 0)) return;
        var id = NewName("mixed");
        await twins.SubmitAsync(organization, id, rows);
        _common.Add((organization, id));
        Differences++;
    }

    private async Task SubmitHiddenAsync()
    {
        var name = NewName("hidden");
        for (var i = 0; i < twins.Hubs.Count; i++) await SubmitHiddenToAsync(i, $"{name}-{i}");
        Differences++;
    }

    /// <summary>A secret whole in both, one of its parts that somebody may read, and hidden parts that are in one hub alone.</summary>
    private async Task SubmitFamilyAsync()
    {
        var period = Pick(Periods);
        var (one, other) = SecretOf("office", Row("N-COND", "510300", period, "1"));
        var whole = NewName("whole");
        await twins.SubmitAsync("office", whole, [one], [other]);
        List<Observation>[] parts = [[Row("N-COND", "W1", period, "7")], [Row("N-COND", "W1", period, "7")]];
        foreach (var hidden in new[] { "W2", "W3" })
            if (random.Next(2) == 0) parts[random.Next(2)].Add(Row("N-COND", hidden, period, "9"));
        var part = NewName("parts");
        await twins.SubmitAsync("west", part, parts);
        _common.AddRange([("office", whole), ("west", part)]);
        Differences++;
    }

    private async Task WithdrawHereAndSubmitThereAsync()
    {
        var here = random.Next(2);
        if (_hidden[here].Count == 0) return;
        var report = _hidden[here][random.Next(_hidden[here].Count)];
        _hidden[here].Remove(report);
        await Twins.WithdrawAsync(twins.Hubs[here], report.Organization, report.Id);
        await SubmitHiddenToAsync(1 - here, NewName("there"));
        Differences++;
    }

    private async Task WithdrawCommonAsync()
    {
        if (_common.Count == 0) return;
        var (organization, id) = _common[random.Next(_common.Count)];
        foreach (var hub in twins.Hubs) await Twins.WithdrawAsync(hub, organization, id);
    }

    /// <summary>A mistaken report, free and with other numbers in each hub: nobody has asked before it is retracted.</summary>
    private async Task SubmitDifferentAndRetractAsync()
    {
        var (organization, regions) = Pick(Others);
        List<Observation> rows = [.. Many(random.Next(1, 8), () => RowOf(regions, Indicators)).Where(row => !IsHidden(organization, row.Indicator, row.Region))];
        if (rows.Count == 0) return;
        var id = NewName("mistaken");
        await twins.SubmitAsync(organization, id, Numbered("3"), Numbered("9"));
        foreach (var hub in twins.Hubs) await Twins.RetractAsync(hub, organization, id);
        _common.Add((organization, id));
        Differences++;

        List<Observation> Numbered(string last) =>
        [
            .. rows.Select((row, i) =>
            {
                var numbered = row.Clone();
                (numbered.Value, numbered.Numerator, numbered.Denominator, numbered.Note) = ($"{i + 1}.{_reports:000}{last}", "", "", $"示例{last}");
                return numbered;
            }),
        ];
    }

    private async Task RetractCommonAsync()
    {
        if (_common.Count == 0) return;
        var (organization, id) = _common[random.Next(_common.Count)];
        foreach (var hub in twins.Hubs) await Twins.RetractAsync(hub, organization, id);
    }

    /// <summary>Grants of and to organisations of Sichuan.</summary>
    private async Task GrantAsync()
    {
        string Some() => OfGrants(
            $"{Pick("far", "office")},west,{Pick(Conditional)},{Pick("*", "W2", "W3")},示例用途{random.Next(100)},,{Pick("2026-12-31", "2025-12-31")}");
        await twins.LoadAsync(CatalogTableKind.Grants, Some(), Some());
        Differences++;
    }

    /// <summary>What leaves no entry in the ledger, in one of the hubs alone.</summary>
    private async Task FailAsync()
    {
        var here = random.Next(2);
        var hub = twins.Hubs[here];
        var (organization, regions) = Pick(Others);
        var rows = new List<Observation>();
        AddHidden(organization, regions, rows);
        if (rows.Count == 0) return;
        var id = NewName("failed");
        switch (random.Next(4))
        {
            case 0:
                rows.Add(Row("N-OPEN", regions[0], "2024", "x"));
                await Twins.SubmitToAsync(hub, organization, id, rows, mustCommit: false);
                break;
            case 1:
                await Twins.SubmitToAsync(hub, organization, id, rows, check: true);
                break;
            case 2:
                await LeaveAsync(hub, organization, id, rows);
                break;
            case 3:
                await LeaveAsync(hub, organization, id, rows);
                await hub.Reports.AbortReportAsync(new AbortReportRequest { Name = Rows.Name(id, organization) }, RunningHub.As(organization));
                break;
        }
        _failed.Add((organization, id));
        Differences++;
    }

    private readonly List<(string Organization, string Id)> _failed = [];

    /// <summary>Reports that one hub has refused, or has not finished.</summary>
    public IReadOnlyList<(string Organization, string Id)> Failed => _failed;

    private static async Task LeaveAsync(RunningHub hub, string organization, string id, List<Observation> rows)
    {
        using var talk = ReportTalk.With(hub, organization);
        await talk.OpenAsync(id, open => open.Report = Rows.Name(id, organization));
        await talk.ChunkAsync(0, [.. rows]);
        await talk.HearAckAsync();
    }

    private async Task SubmitHiddenToAsync(int hub, string id)
    {
        while (true)
        {
            var (organization, regions) = Pick(Others);
            var rows = new List<Observation>();
            for (var i = 0; i < 3; i++) AddHidden(organization, regions, rows);
            if (rows.Count == 0) continue;
            await Twins.SubmitToAsync(twins.Hubs[hub], organization, id, rows);
            _hidden[hub].Add((organization, id));
            return;
        }
    }

    /// <summary>Some rows that no observer may read, in between the others.</summary>
    private void AddHidden(string organization, string[] regions, List<Observation> rows)
    {
        for (var count = random.Next(9); count > 0; count--)
        {
            var row = RowOf(regions, [.. Conditional, Shut]);
            if (!IsHidden(organization, row.Indicator, row.Region) || rows.Exists(other => KeyOf(organization, other) == KeyOf(organization, row))) continue;
            rows.Insert(random.Next(rows.Count + 1), row);
        }
    }

    /// <summary>
    /// A confidential row that says another number in each hub. Where its number changes it does so in both: that a secret
    /// was corrected, or repeated, is told.
    /// </summary>
    private (Observation One, Observation Other) SecretOf(string organization, Observation row)
    {
        var key = KeyOf(organization, row);
        if (!_secrets.TryGetValue(key, out var numbers) || random.Next(3) > 0)
        {
            // In one hub sometimes only the spelling changes.
            var spelling = numbers.One is { } before && !before.Contains('.', StringComparison.Ordinal) && random.Next(2) == 0;
            _secrets[key] = numbers = (spelling ? $"{numbers.One}.0" : $"{random.Next(1, 50)}.{random.Next(1, 1_000):000}5", $"{random.Next(50, 100)}.{random.Next(1, 1_000):000}7");
        }
        return (Write(numbers.One, "示例一"), Write(numbers.Other, "示例其二"));

        Observation Write(string number, string text)
        {
            var secret = row.Clone();
            (secret.Value, secret.Numerator, secret.Denominator) = (number, "", "");
            (secret.Confidentiality, secret.Note, secret.CollectionMethod, secret.Evidence) = ("C", text, text, text);
            return secret;
        }
    }

    private Observation RowOf(string[] regions, string[] indicators)
    {
        var indicator = Pick(indicators);
        var row = Row(indicator, Pick(regions), Pick(Periods), "");
        if (IsRate(indicator)) (row.Numerator, row.Denominator) = ($"{random.Next(1, 50)}", $"{random.Next(50, 100)}");
        else row.Value = $"{random.Next(1, 1_000)}{(random.Next(5) == 0 ? ".0" : "")}";
        if (indicator is "N-OPEN" or "N-COND" && random.Next(4) == 0) row.Category = Pick("NK1", "NK2");
        if (random.Next(6) == 0) row.Scope = Pick("URBAN", "RURAL");
        if (random.Next(8) == 0) row.Status.Add(Pick("E", "P", "B"));
        return row;
    }

    private static List<Observation> Many(int count, Func<Observation> row) =>
        [.. Enumerable.Range(0, count).Select(_ => row()).DistinctBy(one => KeyOf("", one))];

    private static (string, string, string, string, string) KeyOf(string organization, Observation row) =>
        ($"{organization} {row.Indicator} {row.Version.Split('.')[0]}", row.Region, row.Period, row.Scope, row.Category);

    private string NewName(string kind) => $"{kind}-{++_reports}";

    private T Pick<T>(params T[] items) => items[random.Next(items.Length)];
}
