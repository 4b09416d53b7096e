using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Catalogue;

/// <summary>The closed vocabularies of the catalogue in the words of its tables, which people load and read.</summary>
internal static class CatalogWords
{
    public static string Of(RegionLevel level) => level switch
    {
        RegionLevel.Unspecified => "",
        RegionLevel.Province => "province",
        RegionLevel.Prefecture => "prefecture",
        RegionLevel.District => "district",
        RegionLevel.County => "county",
        RegionLevel.CountyLevelCity => "county-level city",
        RegionLevel.FunctionalArea => "functional area",
        _ => level.ToString(),
    };

    public static string Of(OrganizationKind kind) => kind switch
    {
        OrganizationKind.Unspecified => "",
        OrganizationKind.Hub => "hub",
        OrganizationKind.Province => "province",
        OrganizationKind.City => "city",
        OrganizationKind.District => "district",
        OrganizationKind.Department => "department",
        OrganizationKind.Demo => "demo",
        _ => kind.ToString(),
    };

    public static string Of(TaskMode mode) => mode switch
    {
        TaskMode.Unspecified => "",
        TaskMode.ByResponsibility => "按职责分工",
        TaskMode.Lead => "牵头",
        _ => mode.ToString(),
    };
}
