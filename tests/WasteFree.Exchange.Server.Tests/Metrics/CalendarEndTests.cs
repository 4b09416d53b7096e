using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WasteFree.Exchange.Server.Tests.BadInput;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Metrics;

/// <summary>The first and last instants and periods that can be written, and some that cannot, over gRPC.</summary>
public sealed class CalendarEndTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private static readonly Timestamp First = DateTimeOffset.MinValue.ToTimestamp();
    private static readonly Timestamp Last = DateTimeOffset.MaxValue.ToTimestamp();

    private static readonly Timestamp[] Instants =
    [
        First, Last, new() { Seconds = First.Seconds - 1 }, new() { Seconds = Last.Seconds + 1 }, new() { Seconds = long.MinValue }, new() { Seconds = long.MaxValue },
        new() { Seconds = Last.Seconds, Nanos = 999_999_999 }, new() { Nanos = int.MaxValue }, new() { Nanos = int.MinValue },
    ];

    private static readonly string[] Periods =
    [
        "1900", "2999", "9999", "0001", "1900-W01", "2999-W52", "0001-W01", "9999-W52", "1900-01-01", "2999-12-31", "9999-12-31", "0001-01-01", "2999-Q4", "1900-S1",
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Calls.Keys];

    private static readonly Dictionary<string, Func<RunningHub, Task>> Calls = new()
    {
        ["compare"] = hub => EachInstant(at => hub.Metrics.CompareMetricsAsync(new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Regions = { "511800" }, Periods = { "2023" }, AsOf = at })),
        ["compare periods"] = hub => EachPeriod(period => hub.Metrics.CompareMetricsAsync(new CompareMetricsRequest
        {
            Indicators = { "HUB-HW-GEN" }, Regions = { "511800" }, Periods = { period }, RollUp = true, Growth = { GrowthBasis.PreviousPeriod, GrowthBasis.SamePeriodLastYear },
            Normalization = Normalization.PerCapita,
        })),
        ["query"] = hub => EachInstant(at => hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest { AsOf = at })),
        ["query periods"] = hub => EachPeriod(period => hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest { Filter = new ObservationFilter { Periods = { period }, PeriodFrom = period, PeriodTo = period } })),
        ["attainment"] = hub => EachInstant(at => hub.Metrics.GetAttainmentAsync(new GetAttainmentRequest { Region = "500101", AsOf = at })),
        ["attainment periods"] = hub => EachPeriod(period => hub.Metrics.GetAttainmentAsync(new GetAttainmentRequest { Region = "500101", Period = period })),
        ["revisions"] = hub => EachInstant(at => hub.Metrics.ListRevisionsAsync(new ListRevisionsRequest { Indicator = "HUB-HW-GEN", Region = "511800", Period = "2023", AsOf = at })),
        ["difference"] = hub => EachInstant(at => hub.Metrics.DiffObservationsAsync(new DiffObservationsRequest { Since = at })),
        ["catalogue"] = hub => EachInstant(at => hub.Catalog.ListRegionsAsync(new ListRegionsRequest { AsOf = at })),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_ends_of_the_calendar_are_answered_or_refused_with_a_reason(string call) => await Calls[call](shared.Hub);

    private static Task EachInstant<T>(Func<AsOf, AsyncUnaryCall<T>> call) => Each(Instants.Select(time => new AsOf { Time = time }), call);

    private static Task EachPeriod<T>(Func<string, AsyncUnaryCall<T>> call) => Each(Periods, call);

    private static async Task Each<TAsked, T>(IEnumerable<TAsked> all, Func<TAsked, AsyncUnaryCall<T>> call)
    {
        foreach (var asked in all)
        {
            try
            {
                await call(asked).ResponseAsync.WaitAsync(Cancelled);
            }
            catch (RpcException e)
            {
                Assert.True(e.StatusCode == StatusCode.InvalidArgument, $"{asked}: {e.Status}");
            }
        }
    }
}
