using System.Globalization;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog.Rows;

internal static class BridgeRow
{
    /// <summary>As long as a version may have it.</summary>
    private const int MaxMajor = 999_999;

    public static readonly IReadOnlyList<string> Columns = ["indicator", "from_major", "to_major", "regions", "factor", "overlap_period", "source", "approver"];

    public static readonly IReadOnlyList<string> Required =
        ["indicator", "from_major", "to_major", "factor", "overlap_period", "source", "approver"];

    public static ParsedRow Read(RowFields row)
    {
        var (from, to) = (row.RequiredInteger("from_major", 0, MaxMajor), row.RequiredInteger("to_major", 0, MaxMajor));
        var overlap = row.RequiredPeriod("overlap_period");
        var bridge = new Bridge
        {
            Indicator = row.RequiredCode("indicator"),
            FromMajor = from ?? 0,
            ToMajor = to ?? 0,
            Regions = row.RegionPatterns("regions", absent: "*"),
            Factor = Factor(row),
            FactorText = row.Text("factor"),
            OverlapPeriod = overlap ?? default,
            Source = row.RequiredText("source"),
            Approver = row.RequiredText("approver"),
        };
        if (from is not null && from == to) row.Fault("to_major", row.Text("to_major"), FaultText.SameMajor);

        var key = ParsedRow.KeyOf(bridge.Indicator, from?.ToString(CultureInfo.InvariantCulture) ?? "", to?.ToString(CultureInfo.InvariantCulture) ?? "", bridge.Regions.ToString());
        return new ParsedRow(bridge, key, "", Reference.List(
        [
            new Reference("indicator", CatalogTableKind.Indicators, bridge.Indicator),
            .. Reference.Each("regions", CatalogTableKind.Regions, bridge.Regions.Exact),
        ]));
    }

    /// <summary>The versions that it joins, and the columns that name them.</summary>
    public static IEnumerable<(string Column, int Major)> Majors(Bridge bridge) =>
        [("from_major", bridge.FromMajor), ("to_major", bridge.ToMajor)];

    private static Rational Factor(RowFields row)
    {
        var text = row.Text("factor");
        if (text.Length == 0) row.Fault("factor", text, FaultText.NoFactor);
        else if (TryFactor(text, out var factor)) return factor;
        else row.Fault("factor", text, FaultText.NotAFactor);
        return Rational.One;
    }

    /// <summary>A decimal above zero, or a quotient of two: <c>0.95/1.05</c> has no decimal text that is exact.</summary>
    private static bool TryFactor(string text, out Rational factor)
    {
        factor = default;
        var parts = text.Split('/');
        if (parts.Length > 2 || !TryPositive(parts[0], out factor)) return false;
        if (parts.Length == 1) return true;
        if (!TryPositive(parts[1], out var divisor)) return false;
        factor /= divisor;
        return true;
    }

    private static bool TryPositive(string text, out Rational number)
    {
        var read = ExactDecimal.TryParse(text, out var value);
        number = value.ToRational();
        return read && number.Sign > 0;
    }
}
