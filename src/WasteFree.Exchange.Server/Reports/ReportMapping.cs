using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.V1;
using Finding = WasteFree.Exchange.V1.Finding;
using Receipt = WasteFree.Exchange.V1.Receipt;
using RowCounts = WasteFree.Exchange.V1.RowCounts;
using RuleCount = WasteFree.Exchange.V1.RuleCount;
using RowPolicy = WasteFree.Exchange.V1.RowPolicy;

namespace WasteFree.Exchange.Server.Reports;

/// <summary>Between the contract's report messages and the core's values.</summary>
internal static class ReportMapping
{
    public static SubmittedRow ToRow(V1.Observation row) => new()
    {
        Region = row.Region,
        Indicator = row.Indicator,
        Version = row.Version,
        Scope = row.Scope,
        Category = row.Category,
        Period = row.Period,
        Value = row.Value,
        Numerator = row.Numerator,
        Denominator = row.Denominator,
        Unit = row.Unit,
        Status = row.Status,
        Confidentiality = row.Confidentiality,
        Note = row.Note,
        CollectionMethod = row.CollectionMethod,
        Evidence = row.Evidence,
        NumeratorUnit = row.NumeratorUnit,
        DenominatorUnit = row.DenominatorUnit,
    };

    public static SubmittedRow[] ToRows(IReadOnlyList<V1.Observation> rows)
    {
        var result = new SubmittedRow[rows.Count];
        for (var i = 0; i < result.Length; i++) result[i] = ToRow(rows[i]);
        return result;
    }

    public static Store.RowPolicy ToPolicy(RowPolicy policy) => policy switch
    {
        RowPolicy.Quarantine => Store.RowPolicy.Quarantine,
        RowPolicy.RejectReport or RowPolicy.Unspecified => Store.RowPolicy.RejectReport,
    };

    public static RowPolicy ToMessage(Store.RowPolicy policy) => policy switch
    {
        Store.RowPolicy.Quarantine => RowPolicy.Quarantine,
        Store.RowPolicy.RejectReport => RowPolicy.RejectReport,
    };

    public static ReportState ToMessage(Store.ReportState state) => state switch
    {
        Store.ReportState.Open => ReportState.Open,
        Store.ReportState.Committed => ReportState.Committed,
        Store.ReportState.Rejected => ReportState.Rejected,
        Store.ReportState.Withdrawn => ReportState.Withdrawn,
        Store.ReportState.Aborted => ReportState.Aborted,
    };

    public static Finding ToMessage(Validation.Finding finding) => new()
    {
        Rule = finding.Rule,
        Severity = finding.Severity switch
        {
            Validation.Severity.Info => FindingSeverity.Info,
            Validation.Severity.Warning => FindingSeverity.Warning,
            Validation.Severity.Error => FindingSeverity.Error,
            Validation.Severity.Blocker => FindingSeverity.Blocker,
        },
        Row = finding.Row,
        Field = finding.Field,
        Observed = finding.Observed,
        Expected = finding.Expected,
        Tolerance = finding.Tolerance,
        MessageZh = finding.MessageZh,
        MessageEn = finding.MessageEn,
        Fingerprint = finding.Fingerprint,
    };

    public static RuleCount ToMessage(Store.RuleCount count) => new() { Rule = count.Rule, Found = count.Found, Kept = count.Kept };

    public static RowCounts ToMessage(Store.RowCounts counts) => new()
    {
        Submitted = counts.Submitted,
        Rejected = counts.Rejected,
        Created = counts.Created,
        Revised = counts.Revised,
        Unchanged = counts.Unchanged,
        Duplicate = counts.Duplicate,
        Findings = counts.Findings,
    };

    public static Receipt ToMessage(Store.Receipt receipt)
    {
        var message = new Receipt
        {
            Report = receipt.Report.ToString(),
            Position = receipt.Position,
            CommitTime = receipt.CommittedAt.ToTimestamp(),
            Counts = ToMessage(receipt.Counts),
            Digest = ByteString.CopyFrom(receipt.Digest),
            PreviousHash = ByteString.CopyFrom(receipt.PreviousHash),
            EntryHash = ByteString.CopyFrom(receipt.EntryHash),
            LedgerId = receipt.LedgerId,
            Salt = ByteString.CopyFrom(receipt.Salt),
            HashAlgorithm = Store.LedgerEntry.HashAlgorithm,
            DigestRule = DigestRule.RowsSha256,
            StoredDigest = ByteString.CopyFrom(receipt.StoredDigest),
            StoredDigestRule = DigestRule.StoredSha256,
        };
        if (receipt.Signature is not { } signature) return message;
        message.SignatureAlgorithm = signature.Algorithm;
        message.KeyId = signature.KeyId;
        message.Signature = ByteString.CopyFrom(signature.Value);
        return message;
    }

    public static Report ToMessage(Store.ReportRecord report, bool illustrative)
    {
        var message = new Report
        {
            Name = report.Name.ToString(),
            State = ToMessage(report.State),
            RowPolicy = ToMessage(report.RowPolicy),
            DurableOffset = report.DurableOffset,
            Counts = ToMessage(report.Counts),
            ReleasePosition = report.ReleasePosition,
            WithdrawPosition = report.WithdrawPosition,
            WithdrawReason = report.WithdrawReason,
            RetractPosition = report.RetractPosition,
            RetractReason = report.RetractReason,
            CreateTime = report.CreatedAt.ToTimestamp(),
            CatalogVersion = report.CatalogVersion,
            Illustrative = illustrative,
        };
        if (report.Receipt is { } receipt) message.Receipt = ToMessage(receipt);
        return message;
    }

    public static UploadCommitted ToMessage(Store.CommitOutcome.Committed committed)
    {
        var message = new UploadCommitted { Counts = ToMessage(committed.Counts) };
        if (committed.Receipt is { } receipt)
        {
            message.Receipt = ToMessage(receipt);
            message.State = ToMessage(committed.Replay?.State ?? Store.ReportState.Committed);
        }
        if (committed.Replay is { IsOwn: false } replay)
        {
            message.Replayed = true;
            message.SupersededRows = replay.Superseded;
        }
        message.Findings.AddRange(committed.Findings.Select(ToMessage));
        message.Rules.AddRange(committed.Rules.Select(ToMessage));
        return message;
    }

    public static UploadRejected ToMessage(Store.CommitOutcome.Rejected rejected)
    {
        var message = new UploadRejected { Counts = ToMessage(rejected.Counts) };
        message.Findings.AddRange(rejected.Findings.Select(ToMessage));
        message.Rules.AddRange(rejected.Rules.Select(ToMessage));
        return message;
    }
}
