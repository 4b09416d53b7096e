using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.Client;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Submitting;

/// <summary>
/// One file on its way to the hub. The whole file is checked before anything is sent; where the check finds a fault
/// the good rows are still put before the hub, for validation only, so that one run shows everything.
/// </summary>
internal sealed class Submission
{
    public required string Path { get; init; }

    public required string Organization { get; init; }

    /// <summary>Id of the report; null: from the content of the file.</summary>
    public string? Report { get; init; }

    public bool DryRun { get; init; }

    public bool Restart { get; init; }

    public RowPolicy RowPolicy { get; init; } = RowPolicy.RejectReport;

    /// <summary>Encoding asked for; null: found out.</summary>
    public string? Encoding { get; init; }

    public async Task<SubmissionResult> RunAsync(
        ExchangeConnection connection, FaultReport faults, Terminal terminal, CancellationToken cancellationToken)
    {
        // Of many faults, the cheapest to find out first: is there a hub at all?
        var names = await CatalogNames.ReadAsync(connection.Client, cancellationToken);
        var scan = await FileScan.ReadAsync(Path, Encoding, cancellationToken);
        // The same file is the same report, so that it resumes; a mended file is another. Others see the name, and must not be
        // able to test guesses of the file against it: the hub makes it, with a key of its own.
        var name = Report is { } id
            ? ReportUpload.NameOf(Organization, id)
            : await connection.Client.NameReportAsync(Organization, scan.Hash, cancellationToken);
        if (scan.OtherKind is { } kind)
        {
            faults.Add(FileFaults.NotCsv(kind));
            return new SubmissionResult.Refused(name, null);
        }
        if (scan.Encoding is null)
        {
            faults.Add(FileFaults.NotInEncoding(scan, Encoding));
            return new SubmissionResult.Refused(name, null);
        }

        var reader = new NativeReader(Path, scan.Encoding, names);
        var check = await FileCheck.ReadAsync(reader, cancellationToken);
        if (check.Lines.Count == 0)
        {
            foreach (var fault in check.Faults) faults.Add(fault);
            return new SubmissionResult.Refused(name, null) { Encoding = scan.EncodingName };
        }

        var validateOnly = DryRun || check.Faults.Count > 0;
        var upload = new ReportUpload
        {
            Report = name,
            RowPolicy = RowPolicy,
            ValidateOnly = validateOnly,
            Restart = Restart,
            Rows = token => Observations(reader, token),
        };
        UploadOutcome outcome;
        try
        {
            outcome = await UploadBar.ShowAsync(terminal, name, check.Lines.Count,
                progress => connection.Uploader.UploadAsync(upload, progress, cancellationToken));
        }
        catch (ExchangeException)
        {
            foreach (var fault in check.Faults) faults.Add(fault);
            throw;
        }

        if (validateOnly)
        {
            var found = outcome.Findings.Select(finding => Fault.From(finding, check.Lines));
            foreach (var fault in check.Faults.Concat(found).OrderBy(fault => fault.Line)) faults.Add(fault);
        }
        else if (outcome is UploadOutcome.Rejected || outcome.Counts.Findings > 0)
        {
            await foreach (var finding in connection.Client.ListFindingsAsync(name, cancellationToken))
                faults.Add(Fault.From(finding, check.Lines));
            faults.Unlisted = Math.Max(0, outcome.Counts.Findings - faults.Count);
        }

        var counts = outcome.Counts.Clone();
        // The hub saw the good rows of the file only; an answer counts all of them, and every finding.
        counts.Submitted += check.BadRows;
        counts.Rejected += check.BadRows;
        counts.Findings = faults.Count;
        return outcome switch
        {
            UploadOutcome.Committed committed when check.Faults.Count == 0 => new SubmissionResult.Accepted(name, committed) { Encoding = scan.EncodingName },
            _ => new SubmissionResult.Refused(name, counts) { Encoding = scan.EncodingName },
        };
    }

    private static async IAsyncEnumerable<Observation> Observations(
        NativeReader reader, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The check has read the same file: what it reported need not be reported again.
        await foreach (var row in reader.ReadAsync(static _ => { }, cancellationToken)) yield return row.Observation;
    }
}
