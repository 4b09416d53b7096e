using WasteFree.Exchange.Validation;

namespace WasteFree.Exchange.Catalog;

/// <summary>What is said of a text that is no unit: the code that it is a name of, or the units nearest to it.</summary>
public static class UnitWords
{
    private const int Suggestions = 3;

    /// <param name="text">What was written.</param>
    /// <param name="own">The definition's unit; empty: there is none.</param>
    public static (string Zh, string En) Unknown(string text, string own)
    {
        var shown = Excerpt.Of(text);
        if (UnitNames.TryFind(text, own, out var code))
            return ($"“{shown}”是单位的名称，其 UCUM 代码是 {code}；请填代码。", $"'{shown}' is the name of a unit, whose UCUM code is {code}; write the code.");
        var nearest = string.Join(", ", UnitNames.Nearest(text, Suggestions));
        return nearest.Length > 0
            ? ($"“{shown}”不是已知的 UCUM 单位；最接近的：{nearest}。", $"'{shown}' is not a known UCUM unit; nearest: {nearest}.")
            : ($"“{shown}”不是已知的 UCUM 单位；例：t、kg、10*4.t（万吨）、%、{{CNY}}（元）。", $"'{shown}' is not a known UCUM unit; examples: t, kg, 10*4.t, %, {{CNY}}.");
    }
}
