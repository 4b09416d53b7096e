using Google.Protobuf;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Server.Reports;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>Rows of tests, all made up (示例) unless a test says where its numbers come from.</summary>
internal static class Rows
{
    public const string Reporter = "yaan";

    public static string Name(string id, string organization = Reporter) => $"organizations/{organization}/reports/{id}";

    /// <summary>Hazardous waste generated in Ya'an, in tonnes.</summary>
    public static Observation Tonnes(string period, string value) =>
        new() { Region = "511800", Indicator = "HUB-HW-GEN", Period = period, Value = value };

    /// <summary>Rows with a key each: days from a start on, their number as the value.</summary>
    public static Observation[] Days(int count, int from = 0) =>
        [.. Enumerable.Range(from, count).Select(i => Tonnes(Day(i), $"{i}.50"))];

    /// <summary>Film recovered of film used, in Wanzhou.</summary>
    public static Observation Rate(string period, string value, string numerator = "", string denominator = "") => new()
    {
        Region = "500101", Indicator = "ZW21-21", Period = period, Value = value, Numerator = numerator, Denominator = denominator,
    };

    public static SubmitReportRequest Report(string id, params Observation[] rows) => new() { Report = Name(id), Rows = { rows } };

    public static ByteString Digest(IEnumerable<Observation> rows)
    {
        var digest = new RowDigest();
        foreach (var row in rows) digest.Append(ReportMapping.ToRow(row));
        return ByteString.CopyFrom(digest.Value);
    }

    private static string Day(int number) => new DateOnly(1990, 1, 1).AddDays(number).ToString("yyyy-MM-dd");
}
