using Google.Protobuf.Reflection;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Server.Reports;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;
using Xunit;
using Finding = WasteFree.Exchange.Validation.Finding;
using Receipt = WasteFree.Exchange.Store.Receipt;
using ReportState = WasteFree.Exchange.Store.ReportState;
using RowCounts = WasteFree.Exchange.Store.RowCounts;
using RowPolicy = WasteFree.Exchange.Store.RowPolicy;

namespace WasteFree.Exchange.Server.Tests.Errors;

/// <summary>Nothing is lost or confused between the contract and the core.</summary>
public sealed class MappingTests
{
    private static readonly RowCounts Counts = new() { Submitted = 28, Rejected = 1, Created = 2, Revised = 3, Unchanged = 4, Duplicate = 5, Findings = 6 };

    [Fact]
    public void A_row_reaches_the_core_with_every_field_in_its_place()
    {
        var row = new Observation();
        foreach (var field in Observation.Descriptor.Fields.InFieldNumberOrder().Where(field => !field.IsRepeated)) field.Accessor.SetValue(row, field.Name);
        row.Status.Add(["E", "P"]);

        var core = ReportMapping.ToRow(row);

        foreach (var property in typeof(SubmittedRow).GetProperties().Where(property => property.PropertyType == typeof(string)))
            Assert.Equal(property.Name, ((string)property.GetValue(core)!).Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        Assert.Equal(["E", "P"], core.Status);
        Assert.Equal(Observation.Descriptor.Fields.InFieldNumberOrder().Count, typeof(SubmittedRow).GetProperties().Length);
    }

    [Fact]
    public void A_report_leaves_the_core_with_every_field_in_its_place()
    {
        var committed = new DateTimeOffset(2024, 5, 1, 0, 0, 0, 1, 7, TimeSpan.Zero);
        var record = new ReportRecord
        {
            Name = new ReportName("yaan", "r1"),
            State = ReportState.Withdrawn,
            RowPolicy = RowPolicy.Quarantine,
            DurableOffset = 28,
            Counts = Counts,
            Receipt = new Receipt
            {
                Report = new ReportName("yaan", "r1"), Position = 7, CommittedAt = committed, Counts = Counts,
                Digest = [.. Enumerable.Repeat((byte)1, 32)], PreviousHash = [.. Enumerable.Repeat((byte)2, 32)], EntryHash = [.. Enumerable.Repeat((byte)3, 32)],
                StoredDigest = [.. Enumerable.Repeat((byte)4, 32)], Salt = [.. Enumerable.Repeat((byte)5, 32)], LedgerId = "ledger",
            },
            ReleasePosition = 7,
            WithdrawPosition = 9,
            WithdrawReason = "示例",
            RetractPosition = 10,
            RetractReason = "示例二",
            CreatedAt = committed.AddDays(-1),
            CatalogVersion = 1,
            Sequence = 99,
        };

        var message = ReportMapping.ToMessage(record, illustrative: true);

        AssertFilled(message, Report.Descriptor);
        AssertFilled(message.Counts, V1.RowCounts.Descriptor);
        AssertFilled(message.Receipt, V1.Receipt.Descriptor, "signature_algorithm", "key_id", "signature");
        Assert.Equal((28, 1, 2, 3, 4, 5, 6), (message.Counts.Submitted, message.Counts.Rejected, message.Counts.Created, message.Counts.Revised, message.Counts.Unchanged, message.Counts.Duplicate, message.Counts.Findings));
        Assert.Equal((7, 9, 10, 28, 1), (message.ReleasePosition, message.WithdrawPosition, message.RetractPosition, message.DurableOffset, message.CatalogVersion));
        Assert.Equal((1, 2, 3), (message.Receipt.Digest[0], message.Receipt.PreviousHash[0], message.Receipt.EntryHash[0]));
        Assert.Equal((4, 5), (message.Receipt.StoredDigest[0], message.Receipt.Salt[0]));
        Assert.Equal(committed, message.Receipt.CommitTime.ToDateTimeOffset());
    }

    [Fact]
    public void A_finding_leaves_the_core_with_every_field_in_its_place()
    {
        var finding = new Finding
        {
            Rule = "rule", Severity = Validation.Severity.Error, Row = 0, Field = "field", Observed = "observed", Expected = "expected",
            Tolerance = "tolerance", MessageZh = "message_zh", MessageEn = "message_en", Fingerprint = "fingerprint",
        };

        var message = ReportMapping.ToMessage(finding);

        foreach (var field in V1.Finding.Descriptor.Fields.InFieldNumberOrder().Where(field => field.FieldType == FieldType.String))
            Assert.Equal(field.Name, field.Accessor.GetValue(message));
        Assert.Equal(0, message.Row);
        Assert.Null(ReportMapping.ToMessage(finding with { Row = null }).Row);
    }

    private static void AssertFilled(Google.Protobuf.IMessage message, MessageDescriptor descriptor, params string[] left)
    {
        var empty = descriptor.Parser.ParseFrom([]);
        foreach (var field in descriptor.Fields.InFieldNumberOrder().Where(field => !left.Contains(field.Name)))
            Assert.NotEqual(field.Accessor.GetValue(empty), field.Accessor.GetValue(message));
    }
}
