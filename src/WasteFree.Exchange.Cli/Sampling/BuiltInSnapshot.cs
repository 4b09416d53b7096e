using WasteFree.Exchange.Catalog;

namespace WasteFree.Exchange.Cli.Sampling;

/// <summary>The catalogue of a new hub, illustrative organisations included, without a hub.</summary>
internal static class BuiltInSnapshot
{
    public static CatalogSnapshot Read()
    {
        var load = CatalogLoader.Load([.. BuiltInCatalog.Tables, .. BuiltInCatalog.IllustrativeTables], [], allowIllustrative: true);
        return CatalogReader.Read(0, load.Changed);
    }
}
