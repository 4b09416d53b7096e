using WasteFree.Exchange.Client;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Submitting;

/// <summary>What became of a file; one of the nested records.</summary>
internal abstract record SubmissionResult(string Report)
{
    /// <summary>How the file was read; empty: it could not be.</summary>
    public string Encoding { get; init; } = "";

    /// <summary>Committed, or with a dry run: would be.</summary>
    public sealed record Accepted(string Report, UploadOutcome.Committed Outcome) : SubmissionResult(Report);

    /// <summary>Refused by the hub, or by the file check (then without counts where nothing could be sent).</summary>
    public sealed record Refused(string Report, RowCounts? Counts) : SubmissionResult(Report);
}
