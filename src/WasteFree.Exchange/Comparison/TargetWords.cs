using System.Globalization;
using WasteFree.Exchange.Catalog;

namespace WasteFree.Exchange.Comparison;

/// <summary>What a target asks for, in signs that every language reads. All that shows a target shows these.</summary>
public static class TargetWords
{
    private const string PlainNumber = "1";

    /// <summary><c>≥ 90 %</c>; of a target that is met by a day, <c>≤ 2024-04-10</c>.</summary>
    public static string Goal(this Target target, CatalogSnapshot catalog) => target.IsEvent(catalog)
        ? $"≤ {Day(target.LastDay())}"
        : $"{Sign(target.Comparator)} {Quantity(target.Value.ToString(), target.Unit)}";

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A plain number has no unit to show.</summary>
    internal static string Quantity(string value, string unit) => unit == PlainNumber ? value : $"{value} {unit}";

    internal static string Sign(Comparator comparator) => comparator switch
    {
        Comparator.AtLeast => "≥",
        Comparator.AtMost => "≤",
        Comparator.Above => ">",
        Comparator.Below => "<",
        Comparator.Equal => "=",
    };
}
