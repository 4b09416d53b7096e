using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Audit;

/// <summary>What a request is about, in a line: names and filters, never a value, a token or a reason.</summary>
internal static class AuditResources
{
    public static string Of(IMessage request) => request switch
    {
        UploadReportRequest upload => upload.Open?.Report ?? "",
        OpenUploadRequest open => open.Open?.Report ?? "",
        AppendRowsRequest append => append.Report,
        CommitUploadRequest commit => commit.Report,
        SubmitReportRequest submit => submit.Report,
        NameReportRequest name => name.Parent,
        GetReportRequest get => get.Name,
        ListReportsRequest list => list.Parent,
        ListFindingsRequest list => list.Parent,
        AbortReportRequest abort => abort.Name,
        WithdrawReportRequest withdraw => withdraw.Name,
        RetractReportRequest retract => retract.Name,
        QueryObservationsRequest query => Line(Of(query.Filter), Of("as_of", query.AsOf)),
        StreamObservationsRequest stream => Line(Of(stream.Filter), Of("as_of", stream.AsOf)),
        DiffObservationsRequest diff => Line(Of(diff.Filter), Of("since", diff.Since), Of("as_of", diff.AsOf)),
        WatchRequest watch => Line(Of(watch.Filter), watch.StartCase == WatchRequest.StartOneofCase.Since ? Of("since", watch.Since) : ""),
        CompareMetricsRequest compare => Of(compare),
        ExplainValueRequest explain => Line(Of(explain.Comparison ?? new CompareMetricsRequest()), Of("of", explain.Region)),
        GetAttainmentRequest attainment => Line(
            Of("region", attainment.Region), Of("period", attainment.Period), Of("source", attainment.Source), Of("as_of", attainment.AsOf)),
        ListRevisionsRequest revisions => Line(
            Of("indicator", revisions.Indicator), Of("region", revisions.Region), Of("period", revisions.Period), Of("scope", revisions.Scope),
            Of("category", revisions.Category), Of("organization", revisions.Organization), Of("as_of", revisions.AsOf)),
        ListAuditEntriesRequest list => Line(
            Of("start_time", list.StartTime), Of("end_time", list.EndTime), Of("organization", list.Organization), Of("report", list.Report), Of("operation", list.Operation)),
        _ => "",
    };

    private static string Of(string name, Timestamp? time) => time is null ? "" : $"{name}={time}";

    private static string Of(CompareMetricsRequest compare) => Line(
        Of("indicators", compare.Indicators), Of("regions", compare.Regions), compare.Scheme.Length == 0 ? "" : $"scheme={compare.Scheme}",
        Of("children_of", compare.ChildrenOf), Of("descendants_of", compare.DescendantsOf), Of("periods", compare.Periods), Of("scope", compare.Scope), Of("category", compare.Category),
        Of("source", compare.Source), Of("as_of", compare.AsOf));

    private static string Of(ObservationFilter? filter) => filter is null ? "" : Line(
        Of("indicators", filter.Indicators), Of("regions", filter.Regions), Of("scopes", filter.Scopes), Of("categories", filter.Categories),
        Of("periods", filter.Periods), Of("period_from", filter.PeriodFrom), Of("period_to", filter.PeriodTo),
        Of("organizations", filter.Organizations));

    private static string Of(string name, RepeatedField<string> items) => items.Count == 0 ? "" : $"{name}={string.Join(',', items)}";

    private static string Of(string name, string text) => text.Length == 0 ? "" : $"{name}={text}";

    private static string Of(string name, AsOf? instant) => instant is null ? "" : $"{name}={(instant.InstantCase == AsOf.InstantOneofCase.Position ? instant.Position : instant.Time)}";

    private static string Line(params IEnumerable<string> parts) => string.Join(' ', parts.Where(part => part.Length > 0));
}
