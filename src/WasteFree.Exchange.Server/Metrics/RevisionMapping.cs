using Google.Protobuf.WellKnownTypes;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Metrics;

/// <summary>From entries of a history to the contract's messages.</summary>
internal static class RevisionMapping
{
    public static Revision ToMessage(HistoryEntry entry, ObservationMapping observations)
    {
        var message = new Revision { Observation = observations.ToMessage(entry.Revision), Withdrawn = entry.Withdrawn };
        message.SpellingOnly = entry.SpellingOnly && !message.Observation.Withheld;
        if (entry.Withdrawn) LeaveKey(message.Observation);
        if (entry.Superseded is { } by)
        {
            message.SupersededPosition = by.Position;
            message.SupersededTime = by.CommittedAt.ToTimestamp();
        }
        return message;
    }

    /// <summary>A withdrawal has no content, and nothing of it is withheld.</summary>
    private static void LeaveKey(ObservationRecord record)
    {
        var whole = record.Observation;
        record.Observation = new Observation
        {
            Region = whole.Region,
            Indicator = whole.Indicator,
            Scope = whole.Scope,
            Category = whole.Category,
            Period = whole.Period,
        };
        record.Withheld = false;
    }
}
