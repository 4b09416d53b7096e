using System.Collections.Concurrent;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.V1;
using AuditEntry = WasteFree.Exchange.Audit.AuditEntry;

namespace WasteFree.Exchange.Server.Audit;

/// <summary>Which report each upload of a stream is about: a problem names the upload only.</summary>
internal sealed class StreamedReports
{
    /// <summary>More than a stream may have open; of more than these the log does not say the name.</summary>
    private const int MostKept = 64;

    private readonly ConcurrentDictionary<uint, string> _reports = new();

    public void Take(Open open)
    {
        if (_reports.Count < MostKept || _reports.ContainsKey(open.Upload)) _reports[open.Upload] = AuditText.Of(open.Report, AuditEntry.MaxResource);
    }

    public string Of(uint upload) => _reports.GetValueOrDefault(upload, "");
}
