using System.Text;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Store;
using Xunit;

namespace WasteFree.Exchange.Tests.Catalog;

/// <summary>Says a load in one line of a test.</summary>
internal static class Loading
{
    /// <summary>The rows of a hub that carries the built-in catalogue.</summary>
    public static IReadOnlyList<CatalogRow> BuiltIn { get; } = CatalogLoader.Load(BuiltInCatalog.Tables, [], allowIllustrative: false).Changed;

    public static CatalogTable Table(CatalogTableKind kind, string csv) =>
        new(kind, $"{kind.ToString().ToLowerInvariant()}.csv", Encoding.UTF8.GetBytes(csv));

    /// <summary>Loads one table over the built-in catalogue.</summary>
    public static CatalogLoad Load(CatalogTableKind kind, string csv) => Load(Table(kind, csv));

    public static CatalogLoad Load(params CatalogTable[] tables) => CatalogLoader.Load(tables, BuiltIn, allowIllustrative: false);

    /// <summary>The catalogue after a load: the latest content of each key.</summary>
    public static IReadOnlyList<CatalogRow> After(CatalogLoad load, IReadOnlyList<CatalogRow> current) =>
        [.. current.Concat(load.Changed).GroupBy(row => (row.Kind, row.Key)).Select(rows => rows.Last())];

    /// <summary>The only fault of a load, as table line:column.</summary>
    public static CatalogFault OnlyFault(CatalogLoad load)
    {
        var fault = Assert.Single(load.Faults);
        Assert.Empty(load.Changed);
        Assert.Equal((0, 0, 0), (load.Created, load.Replaced, load.Unchanged));
        Assert.NotEmpty(fault.MessageZh);
        Assert.NotEmpty(fault.MessageEn);
        return fault;
    }
}
