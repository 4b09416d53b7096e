using Google.Protobuf;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Audit;

/// <summary>
/// Which readings are logged: all of observations, comparisons and the feed, unless they ask for nothing but the caller's
/// own rows, or nobody in particular asks; and those of the log itself.
/// </summary>
internal static class AuditRules
{
    /// <summary>Of the log itself every reading, whoever asks.</summary>
    public static bool IsLogged(Principal caller, IMessage request) => IsOfTheLog(request) || IsLoggedOfRows(caller, request);

    public static bool IsOfTheLog(IMessage request) => request is ListAuditEntriesRequest or VerifyAuditRequest;

    private static bool IsLoggedOfRows(Principal caller, IMessage request) => IsSomebody(caller) && request switch
    {
        QueryObservationsRequest query => !IsOwn(query.Filter, caller),
        StreamObservationsRequest stream => !IsOwn(stream.Filter, caller),
        DiffObservationsRequest diff => !IsOwn(diff.Filter, caller),
        WatchRequest watch => !IsOwn(watch.Filter, caller),
        ListRevisionsRequest revisions => revisions.Organization != caller.Organization,
        // A comparison sets one organisation's values beside the others', whatever source it names.
        CompareMetricsRequest or ExplainValueRequest or GetAttainmentRequest => true,
        _ => false,
    };

    private static bool IsSomebody(Principal caller) => caller.Organization is not null || caller.Credential.Length > 0;

    private static bool IsOwn(ObservationFilter? filter, Principal caller) =>
        caller.Organization is { } own && filter is not null && filter.Organizations.Count > 0 && filter.Organizations.All(id => id == own);
}
