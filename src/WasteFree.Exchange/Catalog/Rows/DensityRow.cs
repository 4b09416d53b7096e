using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog.Rows;

internal static class DensityRow
{
    public static readonly IReadOnlyList<string> Columns = ["indicators", "categories", "value", "unit", "source"];

    public static readonly IReadOnlyList<string> Required = ["indicators", "value", "unit", "source"];

    public static ParsedRow Read(RowFields row)
    {
        row.RequiredText("value");
        var value = row.Decimal("value");
        var density = new Density
        {
            Indicators = row.Patterns("indicators"),
            Categories = row.CategoryPatterns("categories", absent: "*"),
            Value = value ?? default,
            Unit = row.RequiredUnit("unit"),
            Source = row.RequiredText("source"),
        };
        if (value is { Mantissa: <= 0 }) row.Fault("value", row.Text("value"), FaultText.NotPositive);
        if (density.Unit.Length > 0 && !IsMassPerVolume(density.Unit)) row.Fault("unit", density.Unit, FaultText.NotMassPerVolume);

        return new ParsedRow(density, ParsedRow.KeyOf(density.Indicators.ToString(), density.Categories.ToString()), "", Reference.List(
        [
            .. Reference.Each("indicators", CatalogTableKind.Indicators, density.Indicators.Exact),
            .. Reference.Each("categories", CatalogTableKind.Categories, density.Categories.Exact.Where(category => category != Codes.Total)),
        ]));
    }

    private static bool IsMassPerVolume(string text) =>
        Unit.TryParse(text, out var unit) && Unit.TryParse("t/m3", out var density) && unit.IsCommensurable(density);
}
