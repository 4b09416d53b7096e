using System.Collections.Frozen;
using WasteFree.Exchange.Identity;

namespace WasteFree.Exchange.Audit;

/// <summary>Who does what: a caller and the method that it calls.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Action">The method, for example <c>ReportService/WithdrawReport</c>; <c>hub/…</c>: the hub by itself.</param>
public sealed record AuditCall(Principal Caller, string Action)
{
    private static readonly Principal Hub = new(null, FrozenSet<string>.Empty);

    /// <summary>What the hub does by itself, without a caller.</summary>
    public static AuditCall OfHub(string deed) => new(Hub, $"hub/{deed}");
}
