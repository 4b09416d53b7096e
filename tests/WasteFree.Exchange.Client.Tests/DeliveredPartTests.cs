using Google.Protobuf.WellKnownTypes;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Client.Tests;

/// <summary>What is left of a change that begins anew after a break.</summary>
public sealed class DeliveredPartTests
{
    private readonly DeliveredPart _delivered = new();

    [Fact]
    public void Rows_that_were_delivered_are_left_out_wherever_the_parts_are_cut_now()
    {
        Assert.Equal("0 1 2", Deliver(Part(0, 3)));
        Assert.Equal("3 4", Deliver(Part(3, 2)));
        _delivered.StreamBroke();
        Assert.Null(Deliver(Part(0, 4)));
        Assert.Equal("5 6", Deliver(Part(4, 3)));
        Assert.Equal("7", Deliver(Part(7, 1, last: true)));
        Assert.Equal("0 1", Deliver(Part(0, 2, position: 8, last: true)));
    }

    [Fact]
    public void A_break_may_come_again_before_the_place_of_the_first_is_reached()
    {
        Deliver(Part(0, 5));
        _delivered.StreamBroke();
        Assert.Null(Deliver(Part(0, 2)));
        _delivered.StreamBroke();
        Assert.Null(Deliver(Part(0, 2)));
        Assert.Equal("5", Deliver(Part(2, 4)));
    }

    [Fact]
    public void The_last_part_comes_even_when_nothing_new_is_in_it()
    {
        Deliver(Part(0, 5));
        _delivered.StreamBroke();
        Assert.Equal("", Deliver(Part(0, 5, last: true)));
    }

    [Fact]
    public void Another_change_in_the_place_of_the_unfinished_one_is_a_rewound_ledger()
    {
        Deliver(Part(0, 5));
        _delivered.StreamBroke();
        var other = Part(0, 5);
        other.Change.CommitTime = new Timestamp { Seconds = 2 };
        Assert.Equal(ErrorReason.LedgerRewound, Assert.Throws<ExchangeException>(() => _delivered.Take(other)).Reason);
    }

    /// <summary>The rows that are left; null: the message is not delivered.</summary>
    private string? Deliver(WatchResponse message) =>
        _delivered.Take(message) ? string.Join(' ', message.Change.Observations.Select(row => row.Record.Observation.Value)) : null;

    private static WatchResponse Part(int first, int count, long position = 7, bool last = false)
    {
        var change = new WatchChange { Position = position, Report = "organizations/x/reports/r", CommitTime = new Timestamp { Seconds = 1 }, Last = last };
        change.Observations.AddRange(Enumerable.Range(first, count).Select(number => new ObservationChange { Record = Record(number) }));
        return new WatchResponse { Change = change };
    }

    private static ObservationRecord Record(int number) => new() { Observation = new Observation { Value = $"{number}" } };
}
