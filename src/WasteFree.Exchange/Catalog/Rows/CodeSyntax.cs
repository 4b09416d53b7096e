using System.Text.RegularExpressions;

namespace WasteFree.Exchange.Catalog.Rows;

/// <summary>How codes and ids are written. <c>\z</c>, since <c>$</c> lets a line break through.</summary>
internal static partial class CodeSyntax
{
    public static bool IsCode(string text) => CodePattern().IsMatch(text);

    public static bool IsOrganizationId(string text) => OrganizationPattern().IsMatch(text);

    /// <summary><c>*</c>, a code, or the beginning of one followed by <c>*</c>.</summary>
    public static bool IsPattern(string text) => text == "*" || IsCode(text) || (text.EndsWith('*') && IsCode(text[..^1]));

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"^[a-z][a-z0-9-]{2,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex OrganizationPattern();
}
