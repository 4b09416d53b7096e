using System.Collections.Frozen;
using Google.Protobuf.Reflection;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server;

/// <summary>
/// What the contract says of each method: the role that it needs, what the audit log says of it, its quota. Read when the hub
/// starts; a method without a decision on any of these, or on whether it may be repeated, keeps it from starting.
/// </summary>
internal sealed class MethodPolicies
{
    /// <summary>What the names of all methods of the hub begin with.</summary>
    public const string Package = "/wastefree.exchange.v1.";

    private readonly FrozenDictionary<string, MethodPolicy> _policies;

    /// <exception cref="InvalidOperationException">A method lacks a decision; the message names both.</exception>
    public MethodPolicies(IEnumerable<ServiceDescriptor> services) =>
        _policies = services.SelectMany(service => service.Methods).ToFrozenDictionary(NameOf, Decided);

    /// <summary>The services of the contract.</summary>
    public static IReadOnlyList<ServiceDescriptor> Contract { get; } =
    [
        V1.AdminService.Descriptor, V1.AuditService.Descriptor, V1.CatalogService.Descriptor,
        V1.FeedService.Descriptor, V1.MetricService.Descriptor, V1.ReportService.Descriptor,
    ];

    /// <summary>Their full names, as <c>/wastefree.exchange.v1.FeedService/Watch</c>.</summary>
    public IReadOnlyCollection<string> Methods => _policies.Keys;

    /// <summary>Health and reflection: open, since they tell nothing of anybody's data.</summary>
    public static bool IsOpen(string method) => method.StartsWith("/grpc.", StringComparison.Ordinal);

    public MethodPolicy Of(string method) => _policies[method];

    /// <summary>Why the caller may not call the method; null: it may.</summary>
    public Refusal? RefuseRole(string method, Principal caller)
    {
        var role = NameOf(Of(method).Role);
        if (caller.Is(role)) return null;
        return caller.Credential.Length == 0
            ? DevelopmentCallers.Nobody
            : new Refusal(ErrorReason.AuthorityMissing, $"此方法需要角色 {role}。", $"This method needs the role {role}.");
    }

    /// <summary>A service that is served has to be in <see cref="Contract"/>.</summary>
    /// <exception cref="InvalidOperationException">One is not.</exception>
    public void Require(IEnumerable<string> served)
    {
        if (served.FirstOrDefault(method => !IsOpen(method) && !_policies.ContainsKey(method)) is { } unknown)
            throw new InvalidOperationException($"{unknown} is served and not in the contract.");
    }

    private static string NameOf(MethodDescriptor method) => $"/{method.Service.FullName}/{method.Name}";

    private static MethodPolicy Decided(MethodDescriptor method)
    {
        var options = method.GetOptions() ?? new MethodOptions();
        var policy = options.GetExtension(PolicyExtensions.MethodPolicy) ?? new MethodPolicy();
        var missing = policy switch
        {
            { Role: Role.Unspecified } => "role",
            { Audit: AuditPolicy.Unspecified } => "audit",
            { Quota: QuotaClass.Unspecified } => "quota",
            _ => options.HasIdempotencyLevel ? null : "idempotency_level",
        };
        return missing is null ? policy : throw new InvalidOperationException($"{method.FullName} has no {missing} in the contract.");
    }

    private static string NameOf(Role role) => role switch
    {
        Role.Reader => Roles.Reader,
        Role.Reporter => Roles.Reporter,
        Role.Admin => Roles.Admin,
        Role.Auditor => Roles.Auditor,
        _ => throw new InvalidOperationException($"The hub does not know the role {role}."),
    };
}
