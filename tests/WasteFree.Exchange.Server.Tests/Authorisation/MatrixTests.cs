using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.Server.Tests.Identity;
using WasteFree.Exchange.V1;
using Xunit;
using Roles = WasteFree.Exchange.Identity.Roles;

namespace WasteFree.Exchange.Server.Tests.Authorisation;

/// <summary>
/// Every method by every role, for the organisation whose data it is about (west), another one (east) and none. A caller
/// without the role, or of another organisation, is refused; rows come to whoever may read them and to nobody else.
/// </summary>
public sealed class MatrixTests
{
    public const string Report = "organizations/west/reports/r1";
    public const string NewReport = "organizations/west/reports/new";

    /// <summary>The value of the one row there is; nothing else in any answer looks like it.</summary>
    private const string Value = "424242.4242";

    private static readonly string[] CallersRoles = [Roles.Reporter, Roles.Reader, Roles.Admin, Roles.Auditor, ""];
    private static readonly string?[] Organizations = ["west", "east", null];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_method_of_the_contract_is_decided_and_nothing_else_is() =>
        Assert.Equal(Decision.Methods.Select(NameOf).Order(StringComparer.Ordinal), Decision.All.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_method_answers_every_role_of_every_organisation_as_decided()
    {
        await using var hub = await StartAsync();
        await CheckAsync(
            (organization, role) =>
            {
                var headers = new Metadata { { "wfx-roles", role.Length == 0 ? "," : role } };
                if (organization is not null) headers.Add("wfx-organization", organization);
                return (hub.Hub.Channel.CreateCallInvoker(), headers);
            },
            // Who acts for no organisation is the user of this machine.
            organization => organization != "east");
    }

    [Fact]
    public async Task Every_method_answers_every_certificate_as_decided()
    {
        await using var hub = await StartAsync();
        await using var secured = await SecuredHub.StartAsync(
            new AccessList
            {
                Callers =
                [
                    .. from organization in Organizations
                       from role in CallersRoles
                       select new AccessCaller { Name = NameOf(organization, role), Organization = organization, Roles = role.Length == 0 ? [] : [role] },
                ],
            },
            shared: hub.Hub.Data);
        await CheckAsync((organization, role) => (secured.ConnectAs(NameOf(organization, role)).CreateCallInvoker(), []), organization => organization == "west");
    }

    [Fact]
    public async Task No_method_answers_whoever_does_not_prove_who_he_is()
    {
        await using var hub = await SecuredHub.StartAsync(SecuredHub.TwoCities with { Denied = [new AccessDenial { What = "caller:yaan" }] });
        using var stranger = CertificateAuthority.Make("test", TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1), out _);
        using var forged = SecuredHub.Usable(stranger.IssueClient("administrator", TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1)));
        (GrpcChannel Channel, Metadata Headers)[] callers =
        [
            (hub.Connect(), []),
            (hub.Connect(), RunningHub.As(SecuredHub.Wanzhou, string.Join(',', Roles.All))),
            (hub.ConnectAs(SecuredHub.Yaan), []),
            (hub.Connect(forged), []),
            (hub.Connect(token: "eyJhbGciOiJub25lIn0.e30."), []),
        ];
        var refused = 0;
        foreach (var method in Decision.Methods)
        foreach (var (channel, headers) in callers)
        {
            var options = new CallOptions(headers, cancellationToken: Cancelled);
            var refusal = await Refused.ByAsync(() => AnyCall.TalkAsync(channel.CreateCallInvoker(), method, Decision.All[NameOf(method)].Request, options));
            Assert.Contains(refusal.Reason, new[] { ErrorReason.IdentityMissing, ErrorReason.CredentialRefused });
            refused++;
        }
        Assert.Equal(Decision.Methods.Count * callers.Length, refused);
    }

    private static async Task<SharingHub> StartAsync()
    {
        var hub = await SharingHub.StartAsync();
        await hub.LoadAsync(
            CatalogTableKind.Targets, "target_id,region,period,indicator,relation,name_zh,comparator,value,unit\nS1,510300,2024,S-COND,same,示例,<=,5,t\n");
        Assert.Equal("r1", await hub.SubmitAsync("west", SharingHub.Row("west", SharingHub.Conditional, "2024", Value)));
        return hub;
    }

    /// <param name="caller">How one of an organisation and a role calls.</param>
    /// <param name="isShared">Whether the row is shared with one of that organisation who may read.</param>
    private static async Task CheckAsync(Func<string?, string, (CallInvoker Invoker, Metadata Headers)> caller, Func<string?, bool> isShared)
    {
        var faults = new List<string>();
        var (cells, refused, withRows) = (0, 0, 0);
        foreach (var role in CallersRoles)
        foreach (var organization in Organizations)
        {
            var (invoker, headers) = caller(organization, role);
            foreach (var method in Decision.Methods)
            {
                var decision = Decision.All[NameOf(method)];
                var mayCall = role == decision.Role && (decision.Reach != Reach.Owner || organization == "west") && (decision.Reach != Reach.Hub || organization is null);
                var mayRead = mayCall && decision.Reach == Reach.Rows && isShared(organization);
                var answer = await AskAsync(invoker, headers, method, decision.Request);

                cells++;
                if (answer.Refused) refused++;
                if (answer.HasValue) withRows++;
                if (answer.Refused == mayCall || answer.HasValue != mayRead)
                    faults.Add($"{NameOf(method)} as {organization ?? "nobody"} with '{role}': refused {answer.Refused}, value {answer.HasValue}");
            }
        }
        Assert.Empty(faults);
        Assert.Equal(Decision.Methods.Count * CallersRoles.Length * Organizations.Length, cells);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Decision.Methods.Count} methods, {cells} cells tested, {refused} refused, {withRows} with rows");
    }

    private static string NameOf(string? organization, string role) => $"{organization ?? "nobody"}-{(role.Length == 0 ? "none" : role)}";

    private static string NameOf(MethodDescriptor method) => $"{method.Service.Name}/{method.Name}";

    private static async Task<(bool Refused, bool HasValue)> AskAsync(CallInvoker invoker, Metadata headers, MethodDescriptor method, IMessage request)
    {
        try
        {
            var answer = await AnyCall.TalkAsync(invoker, method, request, new CallOptions(headers, cancellationToken: Cancelled));
            return (false, string.Join('\n', answer).Contains(Value, StringComparison.Ordinal));
        }
        catch (RpcException exception)
        {
            var refusal = Refused.Read(exception);
            Assert.DoesNotContain(Value, exception.ToString(), StringComparison.Ordinal);
            return (refusal.Reason == ErrorReason.AuthorityMissing, false);
        }
    }
}
