using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Validation;

/// <summary>
/// What was sent, as an answer repeats it: a sender may put a whole message into one field, and an answer that repeated
/// that would fit into no finding and no status. What cannot be seen is named (<c>&lt;U+200B&gt;</c>).
/// </summary>
public static class Excerpt
{
    public const int MaxLength = 100;

    /// <summary>The text, at most <see cref="MaxLength"/> characters of it; never half a surrogate pair.</summary>
    public static string Of(string text) => VisibleText.Of(text, MaxLength);
}
