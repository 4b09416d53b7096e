using System.CommandLine.Parsing;
using System.Globalization;

namespace WasteFree.Exchange.Cli.Running;

/// <summary>A number of bytes with a unit, as <c>50GB</c>.</summary>
internal static class ByteSize
{
    private static readonly (string Unit, int Power)[] Units = [("TB", 40), ("GB", 30), ("MB", 20), ("KB", 10), ("", 0)];

    public static long? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var (unit, power) = Units.First(unit => text.EndsWith(unit.Unit, StringComparison.OrdinalIgnoreCase));
        if (long.TryParse(text[..^unit.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= long.MaxValue >> power)
            return number << power;
        result.AddError($"'{text}': 请写正整数和单位 KB、MB、GB、TB，例如 50GB。 Write a whole number above 0 and KB, MB, GB or TB, for example 50GB.");
        return null;
    }
}
