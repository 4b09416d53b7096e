using System.Buffers;
using System.Text.RegularExpressions;

namespace WasteFree.Exchange.Values;

/// <summary>
/// Keeps a spreadsheet from running somebody's text as a formula: a cell that begins like one gets an apostrophe before it,
/// which spreadsheets do not show. Numbers stay as they are, <c>-5</c> included. Reversible: text that has an apostrophe
/// there already gets one more.
/// </summary>
public static partial class FormulaGuard
{
    private const char Mark = '\'';

    /// <summary>As OWASP lists them for CSV injection, full-width forms included.</summary>
    private static readonly SearchValues<char> Starts = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    public static string Protect(string text) => BeginsLikeFormula(text) && !Number().IsMatch(text) ? Mark + text : text;

    public static string Restore(string text) => text.StartsWith(Mark) && BeginsLikeFormula(text) ? text[1..] : text;

    private static bool BeginsLikeFormula(string text)
    {
        var first = text.AsSpan().TrimStart(Mark);
        return first.Length > 0 && Starts.Contains(first[0]);
    }

    [GeneratedRegex(@"\A[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
