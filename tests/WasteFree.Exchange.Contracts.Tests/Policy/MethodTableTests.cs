using Google.Protobuf.Reflection;
using WasteFree.Exchange.Contracts.Tests.Contracts;
using WasteFree.Exchange.V1;
using Idempotency = Google.Protobuf.Reflection.MethodOptions.Types.IdempotencyLevel;

namespace WasteFree.Exchange.Contracts.Tests.Policy;

public sealed class MethodTableTests
{
    private static readonly MethodDescriptor[] Methods = [.. ContractFiles.All.SelectMany(file => file.Services).SelectMany(service => service.Methods)];

    public static TheoryData<string> Names => [.. Methods.Select(method => method.FullName)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_method_says_its_role_its_quota_what_the_audit_log_says_and_whether_it_may_be_repeated(string name)
    {
        var options = Methods.Single(method => method.FullName == name).GetOptions() ?? new MethodOptions();
        var policy = options.GetExtension(PolicyExtensions.MethodPolicy) ?? new MethodPolicy();

        Assert.NotEqual((Role.Unspecified, AuditPolicy.Unspecified, QuotaClass.Unspecified), (policy.Role, policy.Audit, policy.Quota));
        Assert.DoesNotContain("Unspecified", $"{policy.Role} {policy.Audit} {policy.Quota}", StringComparison.Ordinal);
        Assert.True(options.HasIdempotencyLevel, $"{name} does not say whether it may be repeated.");
        // What changes something has side effects, and a reading has none, whatever is logged of it. Rows that are not committed
        // yet are no change that the log tells of.
        var isUnderWay = name.EndsWith(".OpenUpload", StringComparison.Ordinal) || name.EndsWith(".AppendRows", StringComparison.Ordinal);
        Assert.Equal(policy.Audit == AuditPolicy.Change || isUnderWay ? Idempotency.Idempotent : Idempotency.NoSideEffects, options.IdempotencyLevel);
    }

    [Fact]
    public void The_table_for_partners_lists_every_method() =>
        AcceptedText.AssertPart("protos/README.md", "<!-- methods: made from the contracts -->\n", "<!-- /methods -->", Table());

    private static string Table() =>
        "| Method | Role | Repeating | Quota | Audit log |\n|---|---|---|---|---|\n" + string.Concat(Methods.Select(Line));

    private static string Line(MethodDescriptor method)
    {
        var policy = method.GetOptions().GetExtension(PolicyExtensions.MethodPolicy);
        var repeating = method.GetOptions().IdempotencyLevel switch
        {
            Idempotency.NoSideEffects => "NO_SIDE_EFFECTS",
            Idempotency.Idempotent => "IDEMPOTENT",
            _ => "never",
        };
        var audit = policy.Audit switch
        {
            AuditPolicy.Refusals => "refusals",
            AuditPolicy.Change => "the change",
            AuditPolicy.ReadingOfOthers => "readings of others",
            AuditPolicy.Reading => "readings",
            _ => "readings, whoever asks",
        };
        return $"| `{method.Service.Name}.{method.Name}` | {policy.Role.ToString().ToLowerInvariant()} | {repeating} | {policy.Quota.ToString().ToLowerInvariant()} | {audit} |\n";
    }
}
