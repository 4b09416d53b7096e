using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog.Rows;

internal static class CategoryRow
{
    public static readonly IReadOnlyList<string> Columns = ["code_list", "code", "name_zh", "name_en", "indicators"];

    public static readonly IReadOnlyList<string> Required = ["code_list", "code", "name_zh", "indicators"];

    public static ParsedRow Read(RowFields row)
    {
        var category = new Category
        {
            CodeList = row.Code("code_list"),
            Code = Code(row),
            NameZh = row.RequiredName("name_zh"),
            NameEn = row.Name("name_en"),
            Indicators = row.Patterns("indicators"),
        };
        if (row.Text("code_list").Length == 0 && category.Code is not ("" or Codes.Total))
            row.Fault("code_list", "", FaultText.NoCodeList);

        return new ParsedRow(
            category,
            category.Code.Length == 0 ? "" : $"{category.CodeList}\t{category.Code}",
            category.Code,
            Reference.List(Reference.Each("indicators", CatalogTableKind.Indicators, category.Indicators.Exact)));
    }

    /// <summary>The total's code is no ordinary one: it begins with an underscore.</summary>
    private static string Code(RowFields row) => row.Text("code") == Codes.Total ? Codes.Total : row.RequiredCode("code");
}
