namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>The units of the tests, written out one by one: how much of which things, per how many days.</summary>
internal static class PlainUnits
{
    /// <param name="Factor">In kg, m3, persons, yuan, pieces, or plain numbers; per day for a rate.</param>
    /// <param name="What">Of what; the same text is the same thing.</param>
    /// <param name="PerDay">A rate.</param>
    private sealed record Size(Fraction Factor, string What, bool PerDay = false);

    private static readonly Dictionary<string, Size> Sizes = new(StringComparer.Ordinal)
    {
        ["g"] = new(Fraction.Parse("0.001"), "mass"),
        ["kg"] = new(Fraction.One, "mass"),
        ["t"] = new(Fraction.Of(1_000), "mass"),
        ["10*4.t"] = new(Fraction.Of(10_000_000), "mass"),
        ["kg/d"] = new(Fraction.One, "mass", PerDay: true),
        ["t/d"] = new(Fraction.Of(1_000), "mass", PerDay: true),
        ["m3"] = new(Fraction.One, "volume"),
        ["10*4.m3"] = new(Fraction.Of(10_000), "volume"),
        ["m3/d"] = new(Fraction.One, "volume", PerDay: true),
        ["%"] = new(Fraction.Parse("0.01"), "number"),
        ["[ppth]"] = new(Fraction.Parse("0.001"), "number"),
        ["1"] = new(Fraction.One, "number"),
        ["{unit}"] = new(Fraction.One, "unit"),
        ["10*2.{unit}"] = new(Fraction.Of(100), "unit"),
        ["{person}"] = new(Fraction.One, "person"),
        ["10*4.{person}"] = new(Fraction.Of(10_000), "person"),
        ["{CNY}"] = new(Fraction.One, "yuan"),
        ["10*4.{CNY}"] = new(Fraction.Of(10_000), "yuan"),
        ["t/(10*4.{CNY})"] = new(Fraction.Parse("0.1"), "mass by yuan"),
        ["g/{CNY}"] = new(Fraction.Parse("0.001"), "mass by yuan"),
        ["kg/{CNY}"] = new(Fraction.One, "mass by yuan"),
        ["t/{person}"] = new(Fraction.Of(1_000), "mass by person"),
        ["kg/{person}"] = new(Fraction.One, "mass by person"),
        ["t/(10*4.{person})"] = new(Fraction.Parse("0.1"), "mass by person"),
        ["kg/({person}.d)"] = new(Fraction.One, "mass by person", PerDay: true),
        ["{unit}/{person}"] = new(Fraction.One, "unit by person"),
        ["{unit}/(10*4.{person})"] = new(Fraction.Parse("0.0001"), "unit by person"),
        ["t/m3"] = new(Fraction.Of(1_000), "mass by volume"),
        ["kg/m3"] = new(Fraction.One, "mass by volume"),
    };

    /// <summary>How many of <paramref name="to"/> one <paramref name="from"/> is; null where it cannot be said.</summary>
    /// <param name="days">Of the period: a rate over it is an amount. Null: what is measured does not go on, it has no rate.</param>
    /// <param name="density">In kg per m3; null: none is declared.</param>
    public static Fraction? Factor(string from, string to, int? days, Fraction? density = null)
    {
        var (a, b) = (SizeOf(from), SizeOf(to));
        if (Days(a, b, days) is not { } rate) return null;
        var factor = a.Factor / b.Factor * rate;
        return (a.What, b.What) switch
        {
            var (x, y) when x == y => factor,
            ("volume", "mass") when density is { } kilograms => factor * kilograms,
            ("mass", "volume") when density is { } kilograms => factor / kilograms,
            _ => null,
        };
    }

    /// <summary>The factor of a quotient of two units in a third; null where the things do not fit.</summary>
    public static Fraction? QuotientFactor(string top, string bottom, string to, int? days)
    {
        var (a, c) = (Quotient(SizeOf(top), SizeOf(bottom)), SizeOf(to));
        return a.What == c.What ? a.Factor / c.Factor * Days(a, c, days) : null;
    }

    /// <summary>Of a unit that is written out above, or of the quotient <c>(a)/(b)</c> of two.</summary>
    private static Size SizeOf(string unit) =>
        Sizes.TryGetValue(unit, out var size) ? size
        : unit.Trim('(', ')').Split(")/(") is [var top, var bottom] ? Quotient(Sizes[top], Sizes[bottom])
        : throw new InvalidOperationException($"The oracle has no unit {unit}.");

    private static Size Quotient(Size top, Size bottom) => new(
        top.Factor / bottom.Factor,
        top.What == bottom.What ? "number" : bottom.What == "number" ? top.What : $"{top.What} by {bottom.What}",
        top.PerDay);

    private static Fraction? Days(Size from, Size to, int? days) => (from.PerDay, to.PerDay) switch
    {
        (true, false) => days is { } some ? Fraction.Of(some) : null,
        (false, true) => days is { } some ? Fraction.One / Fraction.Of(some) : null,
        _ => Fraction.One,
    };
}
