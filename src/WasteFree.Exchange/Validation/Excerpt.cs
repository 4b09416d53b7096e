namespace WasteFree.Exchange.Validation;

/// <summary>
/// What was sent, as an answer repeats it: a sender may put a whole message into one field, and an answer that repeated
/// that would fit into no finding and no status.
/// </summary>
public static class Excerpt
{
    public const int MaxLength = 100;

    /// <summary>The text, at most <see cref="MaxLength"/> characters of it; never half a surrogate pair.</summary>
    public static string Of(string text)
    {
        if (text.Length <= MaxLength) return text;
        var length = char.IsHighSurrogate(text[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
        return string.Concat(text.AsSpan(0, length), "…");
    }
}
