using System.Globalization;
using System.Text;

namespace WasteFree.Exchange.Audit;

/// <summary>
/// Texts as the log takes them: whoever reads it line by line, on a terminal or in a table, must not be shown entries
/// that a caller made up.
/// </summary>
public static class AuditText
{
    /// <summary>
    /// At most <paramref name="most"/> characters, an ellipsis last where there were more. Controls, line separators,
    /// marks that turn the direction of writing, and halves of surrogate pairs become <c>\uXXXX</c>.
    /// </summary>
    public static string Of(string text, int most)
    {
        var made = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            // A half of a pair comes as the replacement character, and so do all of them: that is safe, and stays so.
            var next = IsUnsafe(rune) ? $"\\u{rune.Value:x4}" : rune.ToString();
            if (made.Length + next.Length > most - 1) return made.Append('…').ToString();
            made.Append(next);
        }
        return made.ToString();
    }

    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
