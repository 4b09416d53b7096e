using System.Buffers;
using System.Globalization;
using System.Text;

namespace WasteFree.Exchange.Values;

/// <summary>
/// Texts of others as an answer or a log repeats them. What cannot be seen is named by its code point, since a text that
/// looks right beside the word "unknown" tells nobody what to mend, and a log must not show lines that a caller made up.
/// </summary>
public static class VisibleText
{
    /// <summary>
    /// C0 and C1 but line feed and tab; marks, embeddings, overrides and isolates of direction; line and paragraph separators;
    /// the byte order mark and the anchors of annotations.
    /// </summary>
    private static readonly SearchValues<char> Steering = SearchValues.Create(
    [
        .. Range('\u0000', '\u0008'), .. Range('\u000B', '\u001F'), .. Range('\u007F', '\u009F'), '\u061C', '\u200E', '\u200F',
        .. Range('\u2028', '\u202E'), .. Range('\u2066', '\u206F'), '\uFEFF', .. Range('\uFFF9', '\uFFFB'),
    ]);

    /// <summary>At most <paramref name="most"/> characters, an ellipsis last where there were more; what cannot be seen as <c>&lt;U+200B&gt;</c>.</summary>
    public static string Of(string text, int most) => Write(text, most, static rune => $"<U+{rune.Value:X4}>");

    /// <summary>As <see cref="Of"/>, what cannot be seen as <c>\u200b</c>.</summary>
    public static string Escaped(string text, int most) => Write(text, most, static rune => $"\\u{rune.Value:x4}");

    /// <summary>The whole text, its lines kept apart.</summary>
    public static string Lines(string text) =>
        string.Join('\n', text.Split('\n').Select(line => Of(line.TrimEnd('\r'), int.MaxValue)));

    /// <summary>
    /// The text as it may stand on a terminal, in a table and in an answer: what moves a cursor, ends a line unseen or turns the
    /// direction of writing is named (<c>&lt;U+001B&gt;</c>); line ends and tabs stay, and letters of whatever script.
    /// </summary>
    public static string Steady(string text)
    {
        if (!SteersAny(text)) return text;
        var made = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (Steers(text[i]) && !IsLineEnd(text, i)) made.Append(CultureInfo.InvariantCulture, $"<U+{(int)text[i]:X4}>");
            else made.Append(text[i]);
        }
        return made.ToString();
    }

    /// <summary>A carriage return right before a line feed overwrites nothing.</summary>
    private static bool IsLineEnd(string text, int at) => text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n';

    /// <summary>Whether the character is one that <see cref="Steady"/> names.</summary>
    public static bool Steers(char character) => Steering.Contains(character);

    /// <summary>Whether there is one of them; a line end of Windows counts.</summary>
    public static bool SteersAny(ReadOnlySpan<char> text) => text.ContainsAny(Steering);

    /// <summary>Whether something in it cannot be seen.</summary>
    public static bool HidesAny(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (IsHidden(rune)) return true;
        return false;
    }

    private static string Write(string text, int most, Func<Rune, string> name)
    {
        if (text.Length <= most && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return text;
        var made = new StringBuilder();
        var fits = 0; // before an ellipsis
        foreach (var rune in text.EnumerateRunes())
        {
            // A half of a surrogate pair comes as the replacement character.
            if (IsHidden(rune)) made.Append(name(rune));
            else made.Append(rune.ToString());
            if (made.Length < most) fits = made.Length;
            if (made.Length > most) return made.Remove(fits, made.Length - fits).Append('…').ToString();
        }
        return made.ToString();
    }

    private static IEnumerable<char> Range(char first, char last) => Enumerable.Range(first, last - first + 1).Select(value => (char)value);

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => true,
        UnicodeCategory.SpaceSeparator => rune.Value != ' ', // the others look like it and are another character
        _ => IsIgnorable(rune.Value),
    };

    /// <summary>
    /// Letters and marks without a shape of their own: property Default_Ignorable_Code_Point of the Unicode Character
    /// Database, less the categories above, and the empty Braille pattern.
    /// </summary>
    private static bool IsIgnorable(int value) => value
        is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164
        or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0100 and <= 0xE01EF);
}
