using System.Text;

namespace WasteFree.Exchange.Catalog;

/// <summary>
/// What two spellings of one code or name have in common: full-width characters are narrow, traditional ones simplified,
/// dashes hyphens, letters small; blanks and invisible characters are gone.
/// </summary>
internal static class NameFold
{
    /// <summary>No code or name in use is longer; a longer text would only cost time.</summary>
    private const int MaxLength = 64;

    public static string Of(string text)
    {
        var folded = new StringBuilder();
        foreach (var c in Compatible(text))
        {
            if (char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.Control) continue;
            folded.Append(char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.DashPunctuation ? '-' : char.ToLowerInvariant(TraditionalForms.ToSimplified(c)));
            if (folded.Length == MaxLength) break;
        }
        return folded.ToString();
    }

    private static string Compatible(string text)
    {
        // What is long beyond all names is cut first; halves of surrogate pairs have no compatible form.
        var start = text.Length <= 2 * MaxLength ? text : text[..(2 * MaxLength)];
        return start.Any(char.IsSurrogate) ? start : start.Normalize(NormalizationForm.FormKC);
    }
}
