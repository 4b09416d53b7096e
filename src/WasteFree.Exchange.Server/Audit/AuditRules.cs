using Google.Protobuf;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Audit;

/// <summary>Whether a reading is logged, by what the contract says of its method.</summary>
internal static class AuditRules
{
    public static bool IsLogged(AuditPolicy policy, Principal caller, IMessage request) => policy switch
    {
        AuditPolicy.Refusals or AuditPolicy.Change => false,
        AuditPolicy.ReadingOfLog => true,
        AuditPolicy.Reading => IsSomebody(caller),
        AuditPolicy.ReadingOfOthers => IsSomebody(caller) && !IsOwn(request, caller),
        _ => throw new InvalidOperationException($"The hub does not know {policy}."),
    };

    /// <summary>Whether it asks for nothing but the caller's own rows.</summary>
    internal static bool IsOwn(IMessage request, Principal caller) => request switch
    {
        QueryObservationsRequest query => IsOwn(query.Filter, caller),
        StreamObservationsRequest stream => IsOwn(stream.Filter, caller),
        DiffObservationsRequest diff => IsOwn(diff.Filter, caller),
        WatchRequest watch => IsOwn(watch.Filter, caller),
        ListRevisionsRequest revisions => revisions.Organization == caller.Organization,
        _ => throw new InvalidOperationException($"{request.Descriptor.Name} does not say whose rows it asks for."),
    };

    private static bool IsOwn(ObservationFilter? filter, Principal caller) =>
        caller.Organization is { } own && filter is not null && filter.Organizations.Count > 0 && filter.Organizations.All(id => id == own);

    private static bool IsSomebody(Principal caller) => caller.Organization is not null || caller.Credential.Length > 0;
}
