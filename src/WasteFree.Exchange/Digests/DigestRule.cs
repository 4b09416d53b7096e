namespace WasteFree.Exchange.Digests;

/// <summary>What a digest is made over, and how. The numbers and codes are those of the contract, and are hashed.</summary>
public enum DigestRule
{
    /// <summary>Rows as they were sent: <see cref="Ingest.RowDigest"/>.</summary>
    Rows = 1,

    /// <summary>Rows as they are stored: <see cref="StoredDigest"/>.</summary>
    Stored = 2,

    /// <summary>The reason of a withdrawal.</summary>
    Reason = 3,

    /// <summary>The rows of a catalogue load.</summary>
    Catalog = 4,
}

/// <summary>The rules by name.</summary>
public static class DigestRules
{
    /// <summary>As the contract's JSON writes it.</summary>
    public static string Code(this DigestRule rule) => rule switch
    {
        DigestRule.Rows => "DIGEST_RULE_ROWS_SHA256",
        DigestRule.Stored => "DIGEST_RULE_STORED_SHA256",
        DigestRule.Reason => "DIGEST_RULE_REASON_SHA256",
        DigestRule.Catalog => "DIGEST_RULE_CATALOG_SHA256",
    };
}
