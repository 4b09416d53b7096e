using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;

namespace WasteFree.Exchange.Cli.Querying;

/// <summary>Turns what the user wrote into codes.</summary>
internal static class NameResolution
{
    /// <summary>False: a name stands for several codes; said on the terminal.</summary>
    public static bool TryCodes(IEnumerable<string> written, Func<string, NameMeaning> find, Terminal terminal, out List<string> codes)
    {
        codes = [];
        foreach (var text in written)
        {
            switch (find(text))
            {
                case NameMeaning.One one:
                    codes.Add(one.Code);
                    break;
                case NameMeaning.Several several:
                    terminal.Usage($"“{text}”对应多个代码，请改用代码。 '{text}' stands for several codes; write one of: {string.Join(", ", several.Codes)}");
                    return false;
            }
        }
        return true;
    }
}
