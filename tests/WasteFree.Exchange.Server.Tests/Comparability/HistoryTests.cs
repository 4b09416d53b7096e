using WasteFree.Exchange.Server.Tests.Comparability.Oracle;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>What is exported at a position, the histories of its keys and the differences between two positions tell one story.</summary>
public sealed class HistoryTests
{
    private const int Seed = 31;

    [Fact]
    public async Task Histories_followed_to_a_position_end_with_what_is_exported_there()
    {
        var random = new Random(Seed);
        await using var history = await RandomHistory.OfAsync(random, steps: 20, rowsOfAReport: 60);
        var exports = await ExportsAsync(history);
        var keys = exports.Values.SelectMany(rows => rows.Keys).Distinct().ToArray();
        random.Shuffle(keys);
        Assert.True(keys.Length > 300);

        foreach (var key in keys.Take(300))
        {
            var request = new ListRevisionsRequest
            {
                Organization = key.Organization, Indicator = key.Indicator, Region = key.Region, Scope = key.Scope, Category = key.Category, Period = key.Period,
                IncludeIllustrative = true,
            };
            // In the year of overlap there is a history by each definition.
            var revisions = (await history.Hub.Hub.Metrics.ListRevisionsAsync(request, RunningHub.As(key.Organization), cancellationToken: Cancelled)).Revisions
                .Where(entry => Key.Of(entry.Observation) == key).ToList();
            foreach (var (position, rows) in exports)
            {
                var last = revisions.LastOrDefault(entry => entry.Observation.Position <= position);
                var visible = last is null or { Withdrawn: true } ? null : last.Observation;
                Assert.Equal(AsSent(rows.GetValueOrDefault(key)), AsSent(visible));
                if (visible is not null) Assert.True(last!.SupersededPosition == 0 || last.SupersededPosition > visible.Position);
            }
            // Each entry ends where the next one begins.
            Assert.Equal(revisions.Skip(1).Select(entry => entry.Observation.Position).Append(0), revisions.Select(entry => entry.SupersededPosition));
        }
    }

    [Fact]
    public async Task Differences_are_what_two_exports_do_not_have_in_common()
    {
        var random = new Random(Seed);
        await using var history = await RandomHistory.OfAsync(random, steps: 20, rowsOfAReport: 60);
        var exports = await ExportsAsync(history);
        var differing = 0;

        for (var i = 0; i < 25; i++)
        {
            var (a, b) = (history.Positions[random.Next(history.Positions.Count)], history.Positions[random.Next(history.Positions.Count)]);
            var (since, until) = (Math.Min(a, b), Math.Max(a, b));
            foreach (var organization in RandomTables.Real)
            {
                var (before, after) = (Of(exports[since]), Of(exports[until]));
                var expected = before.Keys.Union(after.Keys)
                    .Select(key => (Before: before.GetValueOrDefault(key), After: after.GetValueOrDefault(key)))
                    .Where(pair => !SameContent(pair.Before, pair.After))
                    .Select(Line).Order(StringComparer.Ordinal).ToList();

                Assert.Equal(expected, (await DiffAsync(history, since, until, organization)).Order(StringComparer.Ordinal));
                differing += expected.Count;

                Dictionary<Key, ObservationRecord> Of(Dictionary<Key, ObservationRecord> rows) =>
                    rows.Where(row => row.Key.Organization == organization).ToDictionary();
            }
        }
        Assert.True(differing > 1_000);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static async Task<Dictionary<long, Dictionary<Key, ObservationRecord>>> ExportsAsync(RandomHistory history)
    {
        var exports = new Dictionary<long, Dictionary<Key, ObservationRecord>>();
        foreach (var position in history.Positions)
            exports[position] = (await history.VisibleAsync(position)).SelectMany(rows => rows).ToDictionary(Key.Of);
        return exports;
    }

    private static async Task<List<string>> DiffAsync(RandomHistory history, long since, long until, string organization)
    {
        var request = new DiffObservationsRequest
        {
            Since = At.Position(since), AsOf = At.Position(until), PageSize = 70, Filter = new ObservationFilter { Organizations = { organization } },
        };
        var lines = new List<string>();
        do
        {
            var page = await history.Hub.Hub.Metrics.DiffObservationsAsync(request, RunningHub.As(organization), cancellationToken: Cancelled);
            lines.AddRange(page.Differences.Select(one => Line((one.Before, one.After))));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return lines;
    }

    /// <summary>A value that was withdrawn and sent again as it was does not differ.</summary>
    /// <summary>Without who repeated it: by the position of one, and until now.</summary>
    private static ObservationRecord? AsSent(ObservationRecord? record) =>
        record is null ? null : new ObservationRecord(record) { AffirmedReport = "", AffirmedPosition = 0 };

    private static bool SameContent(ObservationRecord? before, ObservationRecord? after) => Equals(before?.Observation, after?.Observation);

    private static string Line((ObservationRecord? Before, ObservationRecord? After) pair) => $"{pair.Before} -> {pair.After}";

    /// <summary>What a history is of.</summary>
    private sealed record Key(string Organization, string Indicator, string Region, string Scope, string Category, string Period, string Major)
    {
        public static Key Of(ObservationRecord record)
        {
            var row = record.Observation;
            return new Key(record.Organization, row.Indicator, row.Region, row.Scope, row.Category, row.Period, row.Version.Split('.')[0]);
        }
    }
}
