using System.Globalization;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Reports;

/// <summary>Why an upload, its rows or its commit are refused.</summary>
internal static class UploadRefusals
{
    public const int MaxWriter = 64;

    public static Refusal Writer { get; } = Refusal.FieldInvalid(
        "writer", $"至多 {MaxWriter} 个字母、数字、“.”、“_”、“-”。", $"at most {MaxWriter} letters, digits, '.', '_', '-'.");

    public static Refusal CheckWithoutStream { get; } = Refusal.FieldInvalid(
        "validate_only", "检查须用 UploadReport 或 SubmitReport。", "a check needs UploadReport or SubmitReport.");

    public static Refusal NoMessage { get; } = Refusal.FieldInvalid("message", "消息没有内容。", "the message holds none that this hub knows.");

    public static Refusal OutOfOrder { get; } = new(
        ErrorReason.MessageOutOfOrder,
        "消息顺序不对：先发一次 UploadOpen，再发 UploadChunk，最后发一次 UploadCommit；之后只可发 UploadPing。已确认的行仍在，请重新打开并续传。",
        "The message is not in its place: one UploadOpen, then UploadChunk, then one UploadCommit, and after it nothing but UploadPing. What is acknowledged stays; open again and go on.");

    public static Refusal NoCommit { get; } = new(
        ErrorReason.MessageOutOfOrder,
        "数据流在 UploadCommit 之前结束，报告没有提交。已确认的行仍在，请重新打开并续传。",
        "The stream ended before UploadCommit, and the report is not committed. What is acknowledged stays; open again and go on.");

    public static Refusal Empty { get; } = new(
        ErrorReason.ReportEmpty, "报告没有任何行；至少要有一行。", "The report has no row; it needs at least one.");

    public static Refusal TooManyRows { get; } = Refusal.FieldInvalid(
        "rows", $"一条消息至多 {ReportLimits.MaxMessageRows} 行；请分成较小的块。", $"at most {ReportLimits.MaxMessageRows} rows in one message; send smaller chunks.");

    public static Refusal ReportTooLarge { get; } = new Refusal(
        ErrorReason.ReportTooLarge,
        $"一份报告至多 {ReportLimits.MaxRows} 行；请拆分。",
        $"A report has at most {ReportLimits.MaxRows} rows; split it.").OfLimit("max_rows", ReportLimits.MaxRows);

    public static Refusal Fenced { get; } = new(
        ErrorReason.WriterFenced,
        "另一个写入者已接管此报告，或此上传已被放弃；本次上传到此为止。",
        "Another writer has taken this report over, or it was given up; this upload ends here.");

    public static Refusal Ended { get; } = new(
        ErrorReason.ReportState,
        "报告在提交时被拒绝，此上传已结束；请用 ListFindings 查看问题，重新打开并发送。",
        "The report was refused at its commit and this upload is over; ListFindings tells why. Open it again and send mended rows.");

    public static Refusal CatalogStale { get; } = new(
        ErrorReason.CatalogStale,
        "这些行所用的指标定义在当前目录中已不再生效；请以 restart 和新的 writer 重新打开并重发。",
        "A definition that the rows use is no longer in force; open again with restart, as another writer, and send again.");

    public static Refusal DigestLength { get; } = Refusal.FieldInvalid("digest", "应为 32 字节。", "must have 32 bytes.");

    public static Refusal OtherRule { get; } = Refusal.FieldInvalid(
        "digest_rule", "本服务只认 DIGEST_RULE_ROWS_SHA256。", "this hub knows DIGEST_RULE_ROWS_SHA256 only.");

    /// <summary>A field of a newer contract, which would get lost.</summary>
    public static Refusal UnknownField(int index, int number)
    {
        var refusal = Refusal.FieldInvalid(
            $"rows[{index}]",
            $"有本服务不认识的字段（编号 {number}），不能悄悄丢弃；请用与本服务相同的 .proto 生成客户端，或升级服务。",
            $"it has a field, number {number}, that this hub does not know and will not drop in silence: generate the client from this hub's .proto files, or use a newer hub.");
        return refusal with { Metadata = new Dictionary<string, string> { ["field_number"] = number.ToString(CultureInfo.InvariantCulture) } };
    }

    public static Refusal OffsetUnexpected(long offset, long expected) => new(
        ErrorReason.OffsetUnexpected,
        $"数据块从第 {offset} 行开始，应从第 {expected} 行开始；请从那里续传。",
        $"The chunk starts at row {offset}; row {expected} is expected. Send from there.")
    {
        Field = "offset",
        Metadata = new Dictionary<string, string> { ["expected_offset"] = expected.ToString(CultureInfo.InvariantCulture) },
    };

    public static Refusal CatalogUnknown(long version) => new(
        ErrorReason.CatalogVersionUnknown,
        $"没有目录版本 {version}，或其中还没有该机构；不填则用最新版本。",
        $"There is no catalogue version {version}, or it lacks the organisation; leave it out to use the latest.")
    {
        Field = "catalog_version",
    };

    public static Refusal ContentConflict(ReportName report) => new(
        ErrorReason.ReportContentConflict,
        $"报告名 {report} 已提交过其他内容；更正须用新的报告名。",
        $"The name {report} is committed with other content; a correction is a new report.");

    public static Refusal AuthorityMissing(string organization, UsedPlace place) => new(
        ErrorReason.AuthorityMissing,
        $"按当前目录，机构 {organization} 无权报送地区 {place.Region} 的指标 {place.Indicator}；此报告未发布，请去掉这些行后以 restart 重发，或请管理员载入职责。",
        $"By the catalogue of now organisation {organization} may not report indicator {place.Indicator} for region {place.Region}. Nothing of the report is released: send it again with restart without such rows, or ask an administrator.");

    public static Refusal DigestMismatch(long received) => new(
        ErrorReason.DigestMismatch,
        $"行数或摘要与收到的 {received} 行不符；请以 restart 和新的 writer 重新打开并重发。",
        $"Count or digest is not that of the {received} rows received; open again with restart, as another writer, and send again.")
    {
        Field = "digest",
    };
}
