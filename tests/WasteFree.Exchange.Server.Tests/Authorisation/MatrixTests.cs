using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Errors;
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
        await using var hub = await SharingHub.StartAsync();
        await hub.LoadAsync(
            CatalogTableKind.Targets, "target_id,region,period,indicator,relation,name_zh,comparator,value,unit\nS1,510300,2024,S-COND,same,示例,<=,5,t\n");
        Assert.Equal("r1", await hub.SubmitAsync("west", SharingHub.Row("west", SharingHub.Conditional, "2024", Value)));

        var faults = new List<string>();
        var (cells, refused, withRows) = (0, 0, 0);
        foreach (var method in Decision.Methods)
        foreach (var role in CallersRoles)
        foreach (var organization in Organizations)
        {
            var decision = Decision.All[NameOf(method)];
            var mayCall = role == decision.Role && (decision.Reach != Reach.Owner || organization == "west");
            // Who acts for no organisation is the user of this machine.
            var mayRead = mayCall && decision.Reach == Reach.Rows && organization != "east";
            var answer = await AskAsync(hub.Hub, method, decision.Request, organization, role);

            cells++;
            if (answer.Refused) refused++;
            if (answer.HasValue) withRows++;
            if (answer.Refused == mayCall || answer.HasValue != mayRead)
                faults.Add($"{NameOf(method)} as {organization ?? "nobody"} with '{role}': refused {answer.Refused}, value {answer.HasValue}");
        }
        Assert.Empty(faults);
        Assert.Equal(Decision.Methods.Count * CallersRoles.Length * Organizations.Length, cells);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Decision.Methods.Count} methods, {cells} cells tested, {refused} refused, {withRows} with rows");
    }

    private static string NameOf(MethodDescriptor method) => $"{method.Service.Name}/{method.Name}";

    private static async Task<(bool Refused, bool HasValue)> AskAsync(
        RunningHub hub, MethodDescriptor method, IMessage request, string? organization, string role)
    {
        var headers = new Metadata { { "wfx-roles", role.Length == 0 ? "," : role } };
        if (organization is not null) headers.Add("wfx-organization", organization);
        try
        {
            var answer = await TalkAsync(hub, method, request, new CallOptions(headers, cancellationToken: Cancelled));
            var text = string.Join('\n', answer);
            return (answer.Exists(message => message is StreamReportsResponse { Problem.Reason: ErrorReason.AuthorityMissing }), text.Contains(Value, StringComparison.Ordinal));
        }
        catch (RpcException exception)
        {
            var refusal = Refused.Read(exception);
            Assert.DoesNotContain(Value, exception.ToString(), StringComparison.Ordinal);
            return (refusal.Reason == ErrorReason.AuthorityMissing, false);
        }
    }

    /// <summary>What a method answers; a watch until it has caught up, a report stream its first word.</summary>
    private static async Task<List<IMessage>> TalkAsync(RunningHub hub, MethodDescriptor method, IMessage request, CallOptions options)
    {
        var type = (method.IsClientStreaming, method.IsServerStreaming) switch
        {
            (false, false) => MethodType.Unary,
            (false, true) => MethodType.ServerStreaming,
            (true, true) => MethodType.DuplexStreaming,
            (true, false) => throw new NotSupportedException($"{method.FullName} only streams in."),
        };
        var call = new Method<IMessage, IMessage>(type, method.Service.FullName, method.Name, Marshal(method.InputType), Marshal(method.OutputType));
        var invoker = hub.Channel.CreateCallInvoker();
        if (type == MethodType.Unary) return [await invoker.AsyncUnaryCall(call, null, options, request)];
        if (type == MethodType.ServerStreaming)
        {
            using var stream = invoker.AsyncServerStreamingCall(call, null, options, request);
            return await ReadAsync(stream.ResponseStream);
        }
        using var talk = invoker.AsyncDuplexStreamingCall(call, null, options);
        try
        {
            await talk.RequestStream.WriteAsync(request, Cancelled);
            await talk.RequestStream.CompleteAsync();
        }
        catch (RpcException)
        {
            // The answer says why.
        }
        return await ReadAsync(talk.ResponseStream);
    }

    private static async Task<List<IMessage>> ReadAsync(IAsyncStreamReader<IMessage> stream)
    {
        var messages = new List<IMessage>();
        while (await stream.MoveNext(Cancelled))
        {
            messages.Add(stream.Current);
            if (stream.Current is WatchResponse { CaughtUp: not null }) break;
        }
        return messages;
    }

    private static Marshaller<IMessage> Marshal(MessageDescriptor type) =>
        Marshallers.Create(message => message.ToByteArray(), bytes => type.Parser.ParseFrom(bytes));
}
