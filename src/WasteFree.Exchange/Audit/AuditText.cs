using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Audit;

/// <summary>
/// Texts as the log takes them: whoever reads it line by line, on a terminal or in a table, must not be shown entries
/// that a caller made up.
/// </summary>
public static class AuditText
{
    /// <summary>
    /// At most <paramref name="most"/> characters, an ellipsis last where there were more. What cannot be seen becomes
    /// <c>\uXXXX</c>, and half a surrogate pair the replacement character.
    /// </summary>
    public static string Of(string text, int most) => VisibleText.Escaped(text, most);
}
