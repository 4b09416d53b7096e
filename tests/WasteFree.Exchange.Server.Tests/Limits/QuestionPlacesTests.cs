using WasteFree.Exchange.Server.Limits;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Limits;

/// <summary>Who computes at one time, and who waits.</summary>
public sealed class QuestionPlacesTests
{
    private static readonly OrganizationLimits Limits = new() { Questions = 3, QuestionsPerCaller = 2 };

    private readonly QuestionPlaces _places = new(8);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_caller_and_an_organisation_have_so_many_and_the_next_one_waits_for_its_own()
    {
        var first = await EnterAsync("a", "one");
        using var second = await EnterAsync("a", "one");
        var third = EnterAsync("a", "one");
        using var other = await EnterAsync("a", "two");
        var another = EnterAsync("a", "three");
        Assert.False(third.IsCompleted);
        Assert.False(another.IsCompleted);
        // The line of one organisation is not that of another one.
        using (await EnterAsync("b", "one"))
        using (await EnterAsync("b", "one"))
        {
        }

        first.Dispose();
        using var next = await third;
        Assert.False(another.IsCompleted);
        other.Dispose();
        using var last = await another;
    }

    [Fact]
    public async Task One_organisation_never_has_more_than_half_of_the_hub()
    {
        var generous = new OrganizationLimits { Questions = 100, QuestionsPerCaller = 100 };
        var taken = new List<IDisposable>();
        for (var i = 0; i < 4; i++) taken.Add(await EnterAsync("a", "one", generous));
        var fifth = EnterAsync("a", "one", generous);
        Assert.False(fifth.IsCompleted);
        for (var i = 0; i < 4; i++) taken.Add(await EnterAsync("b", "one", generous));
        var full = EnterAsync("c", "one", generous);
        Assert.False(full.IsCompleted);

        // A place of the other organisation is of no use to the first one, that comes first in the line.
        taken[^1].Dispose();
        using var c = await full;
        Assert.False(fifth.IsCompleted);
        taken[0].Dispose();
        using var a = await fifth;
    }

    [Fact]
    public async Task Whoever_goes_away_leaves_the_line_and_takes_no_place()
    {
        using var gone = new CancellationTokenSource();
        var first = await EnterAsync("a", "one");
        using var second = await EnterAsync("a", "one");
        var waiting = _places.EnterAsync(new Asker("a", "one"), Limits, gone.Token);
        var behind = EnterAsync("a", "one");
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first.Dispose();
        using var next = await behind;
    }

    [Fact]
    public async Task A_line_has_an_end_for_each_organisation()
    {
        var taken = new List<IDisposable> { await EnterAsync("a", "one"), await EnterAsync("a", "one") };
        var waiting = Enumerable.Range(0, QuestionPlaces.MostWaiting).Select(_ => EnterAsync("a", "one")).ToList();
        Assert.Null(await _places.EnterAsync(new Asker("a", "two-too"), Limits with { Questions = 2 }, Cancelled));
        using (await EnterAsync("b", "one"))
        {
        }
        taken.ForEach(place => place.Dispose());
        foreach (var place in waiting) (await place).Dispose();
    }

    [Fact]
    public async Task However_many_ask_at_once_each_has_its_turn_and_no_limit_is_passed()
    {
        var running = 0;
        await Task.WhenAll(Enumerable.Range(0, 90).Select(i => Task.Run(async () =>
        {
            using var place = await EnterAsync("a", $"caller{i % 3}");
            Assert.InRange(Interlocked.Increment(ref running), 1, Limits.Questions);
            await Task.Yield();
            Interlocked.Decrement(ref running);
        })));
        Assert.Equal(0, running);
    }

    private Task<IDisposable> EnterAsync(string organization, string caller) => EnterAsync(organization, caller, Limits);

    private async Task<IDisposable> EnterAsync(string organization, string caller, OrganizationLimits limits)
    {
        var place = await _places.EnterAsync(new Asker(organization, caller), limits, Cancelled);
        Assert.NotNull(place);
        return place;
    }
}
