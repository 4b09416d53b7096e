using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace WasteFree.Exchange.Cli.Running;

/// <summary>Whole numbers among the options: what is none is a usage error in plain words.</summary>
internal static class WholeNumber
{
    /// <summary>Reads a number from <paramref name="least"/> to <paramref name="most"/>; anything else is answered with <paramref name="fault"/>.</summary>
    public static Func<ArgumentResult, T> Between<T>(T least, T most, string fault)
        where T : struct, IBinaryInteger<T> => result =>
    {
        var isNumber = T.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        if (!isNumber || number < least || number > most) result.AddError(fault);
        return number;
    };
}
