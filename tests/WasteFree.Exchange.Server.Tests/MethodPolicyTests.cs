using Google.Protobuf;
using Google.Protobuf.Reflection;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Audit;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>What the contract says of a method is all that the hub knows of it.</summary>
public sealed class MethodPolicyTests
{
    private static readonly MethodPolicy Whole = new() { Role = Role.Reader, Audit = AuditPolicy.Refusals, Quota = QuotaClass.Reports };

    [Fact]
    public void Each_method_of_the_contract_has_a_role_that_the_hub_knows()
    {
        var policies = new MethodPolicies(MethodPolicies.Contract);
        var nobody = new Principal(null, new HashSet<string>()) { Credential = "test" };
        var everybody = new Principal("yaan", Roles.All.ToHashSet());

        Assert.NotEmpty(policies.Methods);
        Assert.All(policies.Methods, method => Assert.Equal(ErrorReason.AuthorityMissing, policies.RefuseRole(method, nobody)!.Reason));
        Assert.All(policies.Methods, method => Assert.Null(policies.RefuseRole(method, everybody)));
    }

    [Fact]
    public void Every_service_of_the_contract_is_among_those_that_the_hub_reads() =>
        Assert.Equal(
            typeof(MethodPolicy).Assembly.GetExportedTypes().Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
                .SelectMany(type => ((FileDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!).Services)
                .Select(service => service.FullName).Order(StringComparer.Ordinal),
            MethodPolicies.Contract.Select(service => service.FullName).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("role")]
    [InlineData("audit")]
    [InlineData("quota")]
    [InlineData("idempotency_level")]
    public void A_hub_does_not_start_with_a_method_that_lacks_a_decision(string decision)
    {
        var policy = Whole.Clone();
        if (MethodPolicy.Descriptor.FindFieldByName(decision) is { } field) field.Accessor.Clear(policy);
        var idempotency = decision == "idempotency_level" ? null : (MethodOptions.Types.IdempotencyLevel?)MethodOptions.Types.IdempotencyLevel.NoSideEffects;

        var refused = Assert.Throws<InvalidOperationException>(() => new MethodPolicies(Services(policy, idempotency)));

        Assert.Equal($"test.Disputes.OpenDispute has no {decision} in the contract.", refused.Message);
    }

    [Fact]
    public void A_hub_does_not_start_with_a_method_that_the_contract_says_nothing_of() =>
        Assert.Throws<InvalidOperationException>(() => new MethodPolicies(Services(policy: null, idempotency: null)));

    [Fact]
    public void A_hub_starts_with_a_method_of_which_everything_is_decided()
    {
        var policies = new MethodPolicies(Services(Whole, MethodOptions.Types.IdempotencyLevel.IdempotencyUnknown));

        Assert.Equal(Whole, policies.Of("/test.Disputes/OpenDispute"));
    }

    [Fact]
    public void A_hub_serves_no_method_that_is_not_in_the_contract()
    {
        var policies = new MethodPolicies(MethodPolicies.Contract);

        policies.Require(["/grpc.health.v1.Health/Check", "/wastefree.exchange.v1.FeedService/Watch"]);
        Assert.Throws<InvalidOperationException>(() => policies.Require(["/test.Disputes/OpenDispute"]));
    }

    [Fact]
    public void A_method_whose_readings_of_others_are_logged_says_in_its_request_whose_rows_it_asks_for()
    {
        var caller = new Principal("yaan", new HashSet<string>());

        foreach (var method in MethodPolicies.Contract.SelectMany(service => service.Methods))
        {
            if (method.GetOptions().GetExtension(PolicyExtensions.MethodPolicy).Audit != AuditPolicy.ReadingOfOthers) continue;
            var request = (IMessage)Activator.CreateInstance(method.InputType.ClrType)!;
            Assert.False(AuditRules.IsOwn(request, caller), $"An empty {method.InputType.Name} counts as a question for one's own rows.");
        }
    }

    private static IReadOnlyList<ServiceDescriptor> Services(MethodPolicy? policy, MethodOptions.Types.IdempotencyLevel? idempotency)
    {
        var options = new MethodOptions();
        if (policy is not null) options.SetExtension(PolicyExtensions.MethodPolicy, policy);
        if (idempotency is { } level) options.IdempotencyLevel = level;
        var file = new FileDescriptorProto
        {
            Name = "disputes.proto",
            Package = "test",
            MessageType = { new DescriptorProto { Name = "Dispute" } },
            Service =
            {
                new ServiceDescriptorProto
                {
                    Name = "Disputes",
                    Method = { new MethodDescriptorProto { Name = "OpenDispute", InputType = ".test.Dispute", OutputType = ".test.Dispute", Options = options } },
                },
            },
        };
        var registry = new ExtensionRegistry { PolicyExtensions.MethodPolicy };
        return [.. FileDescriptor.BuildFromByteStrings([file.ToByteString()], registry).Single().Services];
    }
}
