using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>What was known when, and what a repeated report changes.</summary>
public sealed class TimeGoldenTests
{
    private static readonly DateTimeOffset[] Instants = [At.Utc(2024, 4, 10), At.Utc(2024, 5, 1), At.Utc(2024, 6, 1), At.Utc(2024, 6, 15)];

    [Fact]
    public async Task G04_As_of_an_instant_the_value_is_the_one_that_was_known_then()
    {
        var clock = At.Clock(2024, 4, 1);
        await using var hub = await MetricHub.StartAsync(clock);
        var positions = await RevisedAsync(hub, clock);

        await AssertValueAsync(hub, At.Time(At.Utc(2024, 4, 9)), "");
        await AssertValueAsync(hub, At.Time(At.Utc(2024, 4, 20)), "100");
        await AssertValueAsync(hub, At.Time(At.Utc(2024, 5, 1) - TimeSpan.FromMicroseconds(1)), "100");
        await AssertValueAsync(hub, At.Time(At.Utc(2024, 5, 1)), "104");
        await AssertValueAsync(hub, At.Time(At.Utc(2024, 6, 10)), "");
        await AssertValueAsync(hub, At.Time(At.Utc(2024, 7, 1)), "103");
        foreach (var (position, value) in positions.Zip(["100", "104", "", "103"])) await AssertValueAsync(hub, At.Position(position), value);
        await AssertValueAsync(hub, null, "103");
    }

    [Fact]
    public async Task G04_The_history_of_a_key_has_every_revision_and_the_withdrawal()
    {
        var clock = At.Clock(2024, 4, 1);
        await using var hub = await MetricHub.StartAsync(clock);
        var positions = await RevisedAsync(hub, clock);
        var request = new ListRevisionsRequest { Indicator = "T-AMOUNT", Region = "A", Period = "2023" };

        var history = (await hub.Hub.Metrics.ListRevisionsAsync(request, cancellationToken: Cancelled)).Revisions;

        Assert.Equal([("100", false), ("104", false), ("", true), ("103", false)], history.Select(entry => (entry.Observation.Observation.Value, entry.Withdrawn)));
        Assert.Equal(positions, history.Select(entry => entry.Observation.Position));
        Assert.Equal([.. positions.Skip(1), 0], history.Select(entry => entry.SupersededPosition));
        Assert.Equal(Instants, history.Select(entry => entry.Observation.CommitTime.ToDateTimeOffset()));
        Assert.Equal([.. Instants.Skip(1), null], history.Select(entry => entry.SupersededTime?.ToDateTimeOffset()));
        Assert.Equal(["P"], history[0].Observation.Observation.Status);
        Assert.Equal(history[1].Observation.Report, history[2].Observation.Report);

        request.AsOf = At.Time(At.Utc(2024, 5, 2));
        var then = (await hub.Hub.Metrics.ListRevisionsAsync(request, cancellationToken: Cancelled)).Revisions;
        Assert.Equal([("100", positions[1]), ("104", 0)], then.Select(entry => (entry.Observation.Observation.Value, entry.SupersededPosition)));
    }

    [Fact]
    public async Task G04_Changes_between_two_instants_are_what_differs_and_nothing_in_between()
    {
        var clock = At.Clock(2024, 4, 1);
        await using var hub = await MetricHub.StartAsync(clock);
        await RevisedAsync(hub, clock);
        var since = At.Time(At.Utc(2024, 4, 15));

        var now = Assert.Single(await DifferencesAsync(hub, since, null));
        Assert.Equal(("100", "103"), (now.Before.Observation.Value, now.After.Observation.Value));

        var june = Assert.Single(await DifferencesAsync(hub, since, At.Time(At.Utc(2024, 6, 10))));
        Assert.Equal("100", june.Before.Observation.Value);
        Assert.Null(june.After);

        var first = Assert.Single(await DifferencesAsync(hub, At.Time(At.Utc(2024, 4, 9)), At.Time(At.Utc(2024, 4, 20))));
        Assert.Null(first.Before);
        Assert.Equal("100", first.After.Observation.Value);
        Assert.Empty(await DifferencesAsync(hub, At.Time(At.Utc(2024, 4, 9)), At.Time(At.Utc(2024, 6, 10))));

        var refused = await Refused.ByAsync(() => DifferencesAsync(hub, At.Time(At.Utc(2024, 6, 16)), At.Time(At.Utc(2024, 6, 10))));
        Assert.Equal(ErrorReason.SinceAfterAsOf, refused.Reason);
    }

    [Fact]
    public async Task G11_A_report_sent_again_is_the_same_report_and_equal_values_are_no_revision()
    {
        await using var hub = await MetricHub.StartAsync();
        Observation[] rows = [MadeUp.Value("T-AMOUNT", "A", "2022", "1"), MadeUp.Value("T-AMOUNT", "A", "2023", "2.50")];

        var first = (await hub.TrySubmitAsync(MadeUp.Bureau, "yearly", rows)).Committed.Receipt;
        Assert.Equal((2, 2), (first.Counts.Submitted, first.Counts.Created));
        var before = await hub.PositionAsync();

        Assert.Equal(first, (await hub.TrySubmitAsync(MadeUp.Bureau, "yearly", rows)).Committed.Receipt);
        Assert.Equal(before, await hub.PositionAsync());
        var conflict = await Refused.ByAsync(() => hub.TrySubmitAsync(MadeUp.Bureau, "yearly", rows[0], MadeUp.Value("T-AMOUNT", "A", "2023", "2.5")));
        Assert.Equal(ErrorReason.ReportContentConflict, conflict.Reason);

        var again = (await hub.TrySubmitAsync(MadeUp.Bureau, "yearly-again", rows)).Committed.Receipt.Counts;
        Assert.Equal((2, 0, 0, 2), (again.Submitted, again.Created, again.Revised, again.Unchanged));
        var history = await hub.Hub.Metrics.ListRevisionsAsync(
            new ListRevisionsRequest { Indicator = "T-AMOUNT", Region = "A", Period = "2023" }, cancellationToken: Cancelled);
        Assert.Equal(first.Position, Assert.Single(history.Revisions).Observation.Position);
        var cell = (await hub.TableAsync("T-AMOUNT", "2023", "A")).Cells.Single();
        Assert.Equal(("2.50", first.Position, first.Report), (cell.Value, cell.Position, cell.Report));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>100 provisional, 104, withdrawn, 103.</summary>
    private static async Task<IReadOnlyList<long>> RevisedAsync(MetricHub hub, FakeTimeProvider clock)
    {
        var positions = new List<long>();
        clock.SetUtcNow(Instants[0]);
        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", "2023", "100", "P"));
        positions.Add(await hub.PositionAsync());
        clock.SetUtcNow(Instants[1]);
        var second = await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", "2023", "104"));
        positions.Add(await hub.PositionAsync());
        clock.SetUtcNow(Instants[2]);
        await hub.WithdrawAsync(second);
        positions.Add(await hub.PositionAsync());
        clock.SetUtcNow(Instants[3]);
        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", "2023", "103"));
        positions.Add(await hub.PositionAsync());
        return positions;
    }

    private static async Task AssertValueAsync(MetricHub hub, AsOf? asOf, string value)
    {
        var cell = (await hub.TableAsync("T-AMOUNT", "2023", "A", request => request.AsOf = asOf)).Cells.Single();
        Assert.Equal(value, cell.Value);
        Assert.Equal(value.Length == 0, cell.Reasons.Contains(VerdictReason.Missing));
    }

    private static async Task<IReadOnlyList<ObservationDifference>> DifferencesAsync(MetricHub hub, AsOf since, AsOf? asOf)
    {
        var request = new DiffObservationsRequest { Since = since, AsOf = asOf, Filter = new ObservationFilter { Indicators = { "T-AMOUNT" } } };
        return (await hub.Hub.Metrics.DiffObservationsAsync(request, cancellationToken: Cancelled)).Differences;
    }
}
