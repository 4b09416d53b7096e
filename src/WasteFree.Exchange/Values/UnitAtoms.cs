namespace WasteFree.Exchange.Values;

/// <summary>
/// The UCUM atoms and prefixes that waste statistics use, each with its exact factor and dimension over <c>g</c>,
/// <c>m</c>, <c>s</c>; those that are defined by others are in <see cref="UnitDefinitions"/>. Numbers: The Unified Code for Units of Measure, case-sensitive symbols; the table of
/// that document is named beside each group. The UCUM library for .NET that was looked at, Fhir.Metrics, computes
/// decimal approximations with an error margin and a year of 365.25 days, where results here must be exact.
/// </summary>
internal static class UnitAtoms
{
    /// <param name="Factor">In the base units of <paramref name="Dimension"/>.</param>
    /// <param name="Dimension">Base units and exponents; empty: a number.</param>
    /// <param name="Metric">Takes prefixes.</param>
    internal sealed record Atom(Rational Factor, IReadOnlyList<(string Base, int Exponent)> Dimension, bool Metric);

    private static readonly (string, int)[] Mass = [("g", 1)];
    private static readonly (string, int)[] Length = [("m", 1)];
    private static readonly (string, int)[] Area = [("m", 2)];
    private static readonly (string, int)[] Volume = [("m", 3)];
    private static readonly (string, int)[] Time = [("s", 1)];
    private static readonly (string, int)[] Energy = [("g", 1), ("m", 2), ("s", -2)];
    private static readonly (string, int)[] Power = [("g", 1), ("m", 2), ("s", -3)];
    private static readonly (string, int)[] Angle = [("deg", 1)];
    private static readonly (string, int)[] Temperature = [("K", 1)];

    private static readonly Dictionary<string, Atom> Table = new(StringComparer.Ordinal)
    {
        // Table 2, base units.
        ["g"] = new(1, Mass, Metric: true),
        ["m"] = new(1, Length, Metric: true),
        ["s"] = new(1, Time, Metric: true),
        ["K"] = new(1, Temperature, Metric: true),

        // Table 5 has a degree of an arc as pi rad / 180, which is no fraction: here it is a base unit.
        ["deg"] = new(1, Angle, Metric: false),

        // Table 3, dimensionless units.
        ["10*"] = new(10, [], Metric: false),
        ["10^"] = new(10, [], Metric: false),
        ["%"] = new(PowerOfTen(-2), [], Metric: false),
        ["[ppth]"] = new(PowerOfTen(-3), [], Metric: false),
        ["[ppm]"] = new(PowerOfTen(-6), [], Metric: false),

        // Table 4, SI units: J = N.m with N = kg.m/s2, and a kilogram is 1000 g; W = J/s.
        ["J"] = new(1000, Energy, Metric: true),
        ["W"] = new(1000, Power, Metric: true),

        // Table 5, other units from ISO 1000 and ISO 2955. The hectare is the are with its prefix, `har`.
        ["l"] = new(PowerOfTen(-3), Volume, Metric: true),
        ["L"] = new(PowerOfTen(-3), Volume, Metric: true),
        ["ar"] = new(100, Area, Metric: true),
        ["t"] = new(1_000_000, Mass, Metric: true),
        ["min"] = new(60, Time, Metric: false),
        ["h"] = new(3_600, Time, Metric: false),
        ["d"] = new(86_400, Time, Metric: false),
        ["wk"] = new(604_800, Time, Metric: false),

        // Also Table 5, but not converted: UCUM means 365.25 days and a twelfth of them. A statistical year or month has
        // the days of the calendar, so "per year" becomes "per day" only where the period is known, never here.
        ["mo"] = new(1, [("mo", 1)], Metric: false),
        ["a"] = new(1, [("a", 1)], Metric: false),
    };

    /// <summary>Table 1, prefixes, as powers of ten.</summary>
    private static readonly Dictionary<string, int> Prefixes = new(StringComparer.Ordinal)
    {
        ["Y"] = 24, ["Z"] = 21, ["E"] = 18, ["P"] = 15, ["T"] = 12, ["G"] = 9, ["M"] = 6, ["k"] = 3, ["h"] = 2, ["da"] = 1,
        ["d"] = -1, ["c"] = -2, ["m"] = -3, ["u"] = -6, ["n"] = -9, ["p"] = -12, ["f"] = -15, ["a"] = -18, ["z"] = -21, ["y"] = -24,
    };

    static UnitAtoms()
    {
        foreach (var row in UnitDefinitions.Rows)
        {
            if (!ExactDecimal.TryParse(row[1], out var value) || !UnitParser.TryParse(row[2], out var factor, out var dimension))
                throw new InvalidOperationException($"The definition of {row[0]} does not read.");
            Table.Add(row[0], new Atom(value.ToRational() * factor, [.. dimension.Where(part => part.Value != 0).Select(part => (part.Key, part.Value))], Metric: row.Length > 3));
        }
    }

    internal static IEnumerable<string> Symbols => Table.Keys;

    /// <summary>An atom as it is, before one with a prefix: <c>min</c> is a minute.</summary>
    internal static Atom? Find(string symbol)
    {
        if (Table.TryGetValue(symbol, out var atom)) return atom;
        for (var length = 1; length <= 2 && length < symbol.Length; length++)
        {
            if (Prefixes.TryGetValue(symbol[..length], out var power)
                && Table.TryGetValue(symbol[length..], out var stem)
                && stem.Metric)
            {
                return stem with { Factor = stem.Factor * PowerOfTen(power) };
            }
        }
        return null;
    }

    private static Rational PowerOfTen(int power) => Rational.Pow(10, power);
}
