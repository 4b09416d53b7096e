using Google.Protobuf.WellKnownTypes;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Disclosures;
using WasteFree.Exchange.Feed;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Metrics;
using WasteFree.Exchange.Server.Reports;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Feed;

/// <summary>From feed events to the contract's messages, for one caller.</summary>
internal static class FeedMapping
{
    /// <param name="happened">What happened.</param>
    /// <param name="catalog">Says who is illustrative.</param>
    /// <param name="visibility">Of the caller.</param>
    /// <param name="disclosure">Of the rows of the event.</param>
    public static WatchResponse ToMessage(FeedEvent happened, CatalogSnapshot catalog, Visibility visibility, Disclosure disclosure) => happened switch
    {
        FeedEvent.Change change => new WatchResponse { Change = ToMessage(change, catalog, visibility, disclosure) },
        FeedEvent.SnapshotPart part => new WatchResponse { SnapshotPart = ToMessage(part, new ObservationMapping(catalog, disclosure)) },
        FeedEvent.SnapshotEnd end => new WatchResponse { SnapshotEnd = new WatchSnapshotEnd { Position = end.Point.Position, Count = end.Count } },
        FeedEvent.Progress progress => new WatchResponse { Progress = new WatchProgress { Position = progress.Point.Position } },
        FeedEvent.CaughtUp caughtUp => new WatchResponse { CaughtUp = new WatchCaughtUp { Position = caughtUp.Point.Position } },
        FeedEvent.FellBehind fellBehind => new WatchResponse
        {
            FellBehind = new WatchFellBehind { Position = fellBehind.Point.Position, HeadPosition = fellBehind.Head },
        },
        _ => throw new InvalidOperationException("No such event."),
    };

    private static WatchChange ToMessage(FeedEvent.Change change, CatalogSnapshot catalog, Visibility visibility, Disclosure disclosure)
    {
        var entry = change.Entry;
        var message = new WatchChange
        {
            Position = entry.Position,
            Kind = entry.Kind switch
            {
                LedgerEntryKind.ReportCommitted => WatchChangeKind.ReportCommitted,
                LedgerEntryKind.ReportWithdrawn => WatchChangeKind.ReportWithdrawn,
                LedgerEntryKind.CatalogChanged => WatchChangeKind.CatalogChanged,
                LedgerEntryKind.ReportRetracted => WatchChangeKind.ReportRetracted,
            },
            CommitTime = entry.CommittedAt.ToTimestamp(),
            Report = entry.Report?.ToString() ?? "",
            Illustrative = entry.Report is { } report && (catalog.FindOrganization(report.Organization)?.Illustrative ?? false),
            // They count rows that the watcher may not know of.
            Counts = entry.Report is null || visibility.IsEverything || entry.Report.Organization == visibility.Organization
                ? ReportMapping.ToMessage(entry.Counts)
                : null,
            Last = change.IsLast,
        };
        var mapping = new ObservationMapping(catalog, disclosure);
        foreach (var row in change.Rows)
        {
            var retracted = entry.Kind == LedgerEntryKind.ReportRetracted;
            var record = retracted ? mapping.ToKey(row.Revision) : mapping.ToMessage(row.Revision);
            message.Observations.Add(new ObservationChange
            {
                Action = retracted ? ObservationAction.Retracted : row.Removed ? ObservationAction.Removed : ObservationAction.Set,
                Record = record,
                SpellingOnly = row.SpellingOnly && !record.Withheld,
            });
        }
        return message;
    }

    private static WatchSnapshotPart ToMessage(FeedEvent.SnapshotPart part, ObservationMapping mapping)
    {
        var message = new WatchSnapshotPart { Position = part.Point.Position };
        message.Observations.AddRange(part.Rows.Select(mapping.ToMessage));
        return message;
    }
}
