using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Benchmarks;

/// <summary>Illustrative reports (示例) of any size: numbers without meaning, for a demonstration organisation.</summary>
internal static class Reports
{
    public const string Organization = "demo-500101";

    public static SubmitReportRequest Of(int number, int rows)
    {
        var request = new SubmitReportRequest { Report = $"organizations/{Organization}/reports/benchmark-{number}" };
        for (var i = 0; i < rows; i++) request.Rows.Add(Row(number, i));
        return request;
    }

    public static Observation Row(int report, int row) => new()
    {
        Region = "500101",
        Indicator = "HUB-HW-GEN",
        Period = new DateOnly(2010, 1, 1).AddDays(row % 5_000).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        Scope = (row / 5_000 % 4) switch { 0 => "WHOLE", 1 => "URBAN", 2 => "BUILT_UP", _ => "RURAL" },
        Value = (report * 10L + row % 10).ToString(System.Globalization.CultureInfo.InvariantCulture),
        Note = "示例",
    };
}
