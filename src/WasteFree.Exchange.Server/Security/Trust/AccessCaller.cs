namespace WasteFree.Exchange.Server.Security;

/// <summary>Somebody who proves himself with a certificate, or with tokens that he signs himself.</summary>
public sealed record AccessCaller
{
    /// <summary>By which certificates of the hub's own authority, and tokens, name him.</summary>
    public required string Name { get; init; }

    /// <summary>Organisation that he acts for; null: none, for administrators and auditors.</summary>
    public string? Organization { get; init; }

    /// <summary>What he may do, at most.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>
    /// Certificates by the SHA-256 of their public key (SPKI), in lower-case hexadecimal. Such a certificate needs no
    /// authority and no name: a partner may bring its own.
    /// </summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>Public keys (PEM) of tokens that he signs himself.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Lower-case letters, digits, '.', '_' and '-', at most 100.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= 100 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-');

    /// <summary>64 lower-case hexadecimal digits.</summary>
    internal static bool IsFingerprint(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
