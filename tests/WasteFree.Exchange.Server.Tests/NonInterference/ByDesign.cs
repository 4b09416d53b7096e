using Google.Protobuf;
using Google.Protobuf.Reflection;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.NonInterference;

/// <summary>What may differ between two hubs of which an observer may know the same, each with its reason. Everything else is compared.</summary>
internal static class ByDesign
{
    /// <summary>Fields whose bytes are a hub's own; their length is compared.</summary>
    public static IReadOnlyDictionary<string, string> OnlyTheLength { get; } = new Dictionary<string, string>
    {
        ["QueryObservationsResponse.next_page_token"] = "tokens are sealed with the store's key; what they lead to is compared",
        ["ListRevisionsResponse.next_page_token"] = "as above",
        ["DiffObservationsResponse.next_page_token"] = "as above",
        ["ListReportsResponse.next_page_token"] = "as above",
        ["ListFindingsResponse.next_page_token"] = "as above",
        ["ObservationBatch.resume_token"] = "as above",
        ["WatchResponse.resume_token"] = "as above",
        ["Receipt.key_id"] = "each hub has a key of its own",
        ["LedgerKey.key_id"] = "each hub has a key of its own",
        ["LedgerKey.public_key"] = "as above",
        ["GetServerInfoResponse.ledger_id"] = "each ledger has an id of its own",
        ["Receipt.ledger_id"] = "as above",
        ["NameReportResponse.name"] = "made with the store's key",
    };

    /// <summary>Methods that are not asked.</summary>
    public static IReadOnlyDictionary<string, string> NotAsked { get; } = new Dictionary<string, string>
    {
        ["AdminService/LoadCatalog"] = "an administrator sees the catalogue whole; of rows it is told nothing",
        ["AdminService/VerifyLedger"] = "an administrator counts the entries of the ledger and is told which of them is damaged",
        ["AuditService/ListAuditEntries"] = "an auditor sees what everybody did",
        ["AuditService/VerifyAudit"] = "as above",
    };

    /// <summary>What the histories do not make different, since answers tell it.</summary>
    public static IReadOnlyList<string> Told { get; } =
    [
        "how many entries the ledger has, and their instants: positions are dense",
        "that the catalogue was loaded, whatever it was that changed",
        "where there is a confidential value, and that it was corrected, repeated or withdrawn: a withheld total says that something in it is confidential",
        "in which order the series of a period first came to the hub, in a report that was refused or never finished, too: rows of a period come in that order",
    ];

    /// <summary>What the ledger's chain makes of an entry: it covers the entries before, and is told to the sender alone.</summary>
    private static bool IsOfTheChain(FieldDescriptor field) =>
        field.ContainingType == Receipt.Descriptor && field.FieldType == FieldType.Bytes && field.Name is not ("digest" or "stored_digest");

    /// <summary>Puts a text of the same length in the place of what may differ.</summary>
    public static IMessage Mask(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.IsMap) continue;
            var value = field.Accessor.GetValue(message);
            if (OnlyTheLength.ContainsKey($"{message.Descriptor.Name}.{field.Name}") || IsOfTheChain(field))
            {
                object masked = value is ByteString bytes ? ByteString.CopyFrom(new byte[bytes.Length]) : new string('*', ((string)value).Length);
                field.Accessor.SetValue(message, masked);
                continue;
            }
            if (field.FieldType != FieldType.Message || value is not (IMessage or System.Collections.IEnumerable)) continue; // a wrapper is a bare number here
            foreach (var part in field.IsRepeated ? ((System.Collections.IEnumerable)value).Cast<IMessage>() : [(IMessage)value]) Mask(part);
        }
        return message;
    }
}
