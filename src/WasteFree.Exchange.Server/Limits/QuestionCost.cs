using Google.Protobuf;
using WasteFree.Exchange.Server.Metrics;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>
/// What a question is likely to cost, from its request alone: rough, so that a used-up allowance refuses it before the work.
/// What it did cost takes the estimate's place.
/// </summary>
internal static class QuestionCost
{
    private static readonly TimeSpan PerCell = TimeSpan.FromMicroseconds(100);
    private static readonly TimeSpan PerRow = TimeSpan.FromMicroseconds(10);

    public static TimeSpan Of(IMessage request) => request switch
    {
        CompareMetricsRequest compare => PerCell * Cells(compare),
        ExplainValueRequest or GetAttainmentRequest => PerCell,
        QueryObservationsRequest query => PerRow * Rows(query.PageSize),
        DiffObservationsRequest diff => PerRow * Rows(diff.PageSize),
        ListRevisionsRequest revisions => PerRow * Rows(revisions.PageSize),
        _ => TimeSpan.Zero,
    };

    private static double Cells(CompareMetricsRequest compare) =>
        Math.Min(ComparisonQuery.MaxCells, (double)compare.Indicators.Count * Math.Max(1, compare.Regions.Count) * compare.Periods.Count);

    private static int Rows(int asked) => asked <= 0 ? AnswerPage.DefaultRows : Math.Min(asked, AnswerPage.MaxRows);
}
