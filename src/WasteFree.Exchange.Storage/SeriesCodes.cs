using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage;

/// <summary>What a series is.</summary>
internal readonly record struct SeriesCodes(string Indicator, string Region, int Scope, string Category, string Organization, int Major)
{
    public static SeriesCodes Of(Observation row, string organization) =>
        new(row.Indicator, row.Region, (int)row.Scope, row.Category, organization, Versions.Parse(row.Version).Major);
}
