using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client;

/// <summary>A report to stream in.</summary>
public sealed record ReportUpload
{
    /// <summary>Resource name, <c>organizations/{org}/reports/{id}</c>; see <see cref="NameOf"/>.</summary>
    public required string Report { get; init; }

    /// <summary>What happens to good rows when others are bad.</summary>
    public RowPolicy RowPolicy { get; init; } = RowPolicy.RejectReport;

    /// <summary>Check everything, store nothing.</summary>
    public bool ValidateOnly { get; init; }

    /// <summary>Drop the rows of an unfinished attempt and start at row 0.</summary>
    public bool Restart { get; init; }

    /// <summary>
    /// The rows, from the first on, each time it is called: once per connection. It must give the same rows every
    /// time; the digest at commit finds out if not.
    /// </summary>
    public required Func<CancellationToken, IAsyncEnumerable<Observation>> Rows { get; init; }

    /// <summary>The resource name of a report.</summary>
    public static string NameOf(string organization, string report) => $"organizations/{organization}/reports/{report}";
}
