using Google.Protobuf.WellKnownTypes;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Metrics;

/// <summary>From entries of a history to the contract's messages.</summary>
internal static class RevisionMapping
{
    public static Revision ToMessage(HistoryEntry entry, ObservationMapping observations)
    {
        var message = new Revision
        {
            Observation = entry.Withdrawn ? observations.ToKey(entry.Revision) : observations.ToMessage(entry.Revision),
            Withdrawn = entry.Withdrawn,
        };
        message.SpellingOnly = entry.SpellingOnly && !message.Observation.Withheld;
        // A withdrawal has no content, and nothing of it is withheld.
        if (entry.Withdrawn) message.Observation.Withheld = false;
        if (entry.Superseded is { } by)
        {
            message.SupersededPosition = by.Position;
            message.SupersededTime = by.CommittedAt.ToTimestamp();
        }
        return message;
    }
}
