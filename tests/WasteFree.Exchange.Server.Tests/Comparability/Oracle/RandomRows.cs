using System.Globalization;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>Random observations, made up (示例): few places, periods and values, so that they meet.</summary>
internal sealed class RandomRows(Random random)
{
    private static readonly string[] Flags = ["E", "P", "B", "D", "U", "V", "W", "J", "G"];
    private static readonly string[] Missing = ["O", "M", "L", "Q", "K"];

    private readonly HashSet<string> _keys = [];

    /// <summary>Rows of one report: no key twice.</summary>
    public IEnumerable<Observation> Report(int count)
    {
        _keys.Clear();
        while (_keys.Count < count)
        {
            var row = Next();
            foreach (var one in random.Next(4) == 0 ? Series(row) : [row])
                if (_keys.Add($"{one.Region} {one.Indicator} {one.Scope} {one.Category} {one.Period} {one.Version}")) yield return one;
        }
    }

    /// <summary>All that make the coarser period, so that some is whole; of years all there are.</summary>
    private IEnumerable<Observation> Series(Observation first)
    {
        var periods = PlainPeriod.Of(first.Period) is { Frequency: not 'A' } period
            ? Coarser(period).Finer.Select(finer => finer.Text)
            : ["2021", "2022", "2023"];
        foreach (var text in periods)
        {
            var row = first.Clone();
            (row.Period, row.Version) = (text, "");
            (row.Value, row.Numerator, row.Denominator, row.Unit, row.Confidentiality) = ("", "", "", "", "");
            (row.NumeratorUnit, row.DenominatorUnit) = ("", "");
            row.Status.Clear();
            if (random.Next(15) == 0) row.Status.Add(Pick(Flags));
            Fill(row);
            yield return row;
        }
    }

    private static PlainPeriod Coarser(PlainPeriod period) => period.Frequency switch
    {
        'S' => PlainPeriod.Of($"{period.Start.Year}"),
        'Q' => PlainPeriod.Of($"{period.Start.Year}-S{((period.Start.Month - 1) / 6) + 1}"),
        'M' => PlainPeriod.Of($"{period.Start.Year}-Q{((period.Start.Month - 1) / 3) + 1}"),
        _ => PlainPeriod.Of(period.Text[..7]),
    };

    public string Period() => random.Next(10) switch
    {
        < 4 => $"{random.Next(2021, 2024)}",
        4 => $"{random.Next(2021, 2024)}-S{random.Next(1, 3)}",
        < 7 => $"{random.Next(2021, 2024)}-Q{random.Next(1, 5)}",
        // The days of one week and of one month.
        9 when random.Next(3) == 0 => $"2022-02-{random.Next(1, 29):00}",
        _ => $"{random.Next(2022, 2024)}-{random.Next(1, 13):00}",
    };

    private Observation Next()
    {
        var row = new Observation
        {
            Region = Pick(RandomTables.Places), Indicator = random.Next(6) == 0 ? Pick("AUX-POP", "AUX-POP", "AUX-GDP") : Pick(RandomTables.Indicators), Period = Period(), Note = "示例",
        };
        if (random.Next(8) == 0) row.Scope = Pick("URBAN", "RURAL");
        if (row.Indicator is "R-AMOUNT" or "R-RATE" && random.Next(5) == 0) row.Category = "K1";
        // In the year of overlap some measure by both definitions.
        if (row.Indicator == "R-BREAK" && row.Period.StartsWith("2022", StringComparison.Ordinal)) row.Version = Pick("", "1.0");
        if (random.Next(7) == 0) row.Status.Add(Pick(Flags));
        if (random.Next(20) == 0) row.Status.Add(Pick(Flags));
        if (random.Next(9) == 0) row.Confidentiality = Pick("C", "N", "F");
        if (random.Next(12) == 0)
        {
            row.Status.Clear();
            row.Status.Add(Pick(Missing));
            return row;
        }
        Fill(row);
        return row;
    }

    private void Fill(Observation row)
    {
        switch (row.Indicator)
        {
            case "AUX-POP":
                (row.Value, row.Unit) = (Number(0, 4), Pick("", "10*4.{person}"));
                break;
            case "AUX-GDP":
                (row.Value, row.Unit) = (Number(0, 4), Pick("", "{CNY}"));
                break;
            case "R-FACT":
                row.Value = Pick("0", "1");
                break;
            case "R-COUNT":
                row.Unit = Pick("", "", "10*2.{unit}");
                // Whole things only: hundreds have two decimals to spare.
                row.Value = row.Unit.Length > 0 ? Number(0, 9) : $"{random.Next(0, 10)}";
                break;
            case "R-WASTE-WATER":
                (row.Value, row.Unit) = (Number(0, 9), Pick("", "10*4.m3"));
                break;
            case "R-RATE" or "R-BROKEN-RATE":
                Quotient(row, ["", "", "1", "[ppth]"], Fraction.Of(100));
                break;
            case "R-PER-CNY":
                Quotient(row, ["", "g/{CNY}"], Fraction.One);
                break;
            default:
                (row.Value, row.Unit) = (Number(0, 9), Pick("", "", "kg", "10*4.t", row.Indicator == "R-STOCK" ? "kg" : "t/d"));
                break;
        }
    }

    /// <summary>Parts, or a value, or both: then the value is that of the parts.</summary>
    private void Quotient(Observation row, string[] units, Fraction scale)
    {
        var way = random.Next(4);
        if (way == 0)
        {
            (row.Value, row.Unit) = (Number(0, 9), Pick(units));
            return;
        }
        (row.Numerator, row.Denominator) = (Number(0, 9), Number(1, 9));
        var below = row.Indicator == "R-PER-CNY" ? "10*4.{CNY}" : "t";
        (row.NumeratorUnit, row.DenominatorUnit) = (Pick("", "", "t", "kg", "10*4.t"), row.Indicator == "R-PER-CNY" ? Pick("", "", "{CNY}") : Pick("", "", "kg"));
        if (way != 1) return;
        scale *= PlainUnits.Factor(row.NumeratorUnit.Length > 0 ? row.NumeratorUnit : "t", "t", null)!.Value
            / PlainUnits.Factor(row.DenominatorUnit.Length > 0 ? row.DenominatorUnit : below, below, null)!.Value;
        // To twelve decimals at most, and no more digits than a row may have.
        row.Value = (Fraction.Parse(row.Numerator) / Fraction.Parse(row.Denominator) * scale).Text();
        if (row.Value.Replace(".", "", StringComparison.Ordinal).TrimStart('0').Length > 18) row.Value = "";
    }

    private string Number(int from, int to)
    {
        var whole = random.Next(from, to + 1).ToString(CultureInfo.InvariantCulture);
        return random.Next(3) == 0 ? $"{whole}.{random.Next(0, 10)}{(random.Next(2) == 0 ? "0" : "")}" : whole;
    }

    private string Pick(params string[] items) => items[random.Next(items.Length)];
}
