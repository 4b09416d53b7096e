using System.Globalization;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Model;

/// <summary>
/// The key of an observation in the model, packed: organisation, day and scope. Days count from <see cref="FirstDay"/>.
/// </summary>
internal readonly record struct Cell(int Organization, int Day, int Scope)
{
    public const string Indicator = "ZW21-11";
    public const int Days = 19_000;

    public static readonly DateOnly FirstDay = new(1970, 1, 1);

    /// <summary>Illustrative organisations (示例) of the built-in catalogue and a region of each.</summary>
    public static readonly IReadOnlyList<(string Id, string Region)> Organizations =
    [
        ("demo-500101", "500101"), ("demo-500102", "500102"), ("demo-510100", "510100"),
        ("demo-510500", "510500"), ("demo-511500", "511500"), ("demo-511700", "511700"),
    ];

    public static readonly IReadOnlyList<string> Scopes = ["WHOLE", "URBAN", "BUILT_UP", "RURAL"];

    private static readonly string LongNote = new('示', 1_000);

    private static readonly Dictionary<string, int> OrganizationNumbers =
        Organizations.Index().ToDictionary(entry => entry.Item.Id, entry => entry.Index);

    /// <summary>From this value on a row carries a note of 3 KB, so that few rows fill a message.</summary>
    public const int FirstLong = 1_000_000;

    /// <summary>The <paramref name="number"/>-th cell of an organisation, in the order of days.</summary>
    public static Cell At(int organization, int number) => new(organization, number / Scopes.Count % Days, number % Scopes.Count);

    /// <summary>First two digits of the region.</summary>
    public string Province => Organizations[Organization].Region[..2];

    public string Period => FirstDay.AddDays(Day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The row that states a value here; null: a row that the hub must refuse.</summary>
    public Observation ToRow(int? value) => new()
    {
        Region = Organizations[Organization].Region,
        Indicator = Indicator,
        Scope = Scopes[Scope],
        Period = Period,
        Value = value?.ToString(CultureInfo.InvariantCulture) ?? "x",
        Note = value >= FirstLong ? LongNote : "示例",
    };

    public static Cell Of(ObservationRecord record) => new(
        OrganizationNumbers[record.Organization],
        DateOnly.ParseExact(record.Observation.Period, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber - FirstDay.DayNumber,
        ScopeOf(record.Observation.Scope));

    public static int OrganizationOf(string id) => OrganizationNumbers[id];

    private static int ScopeOf(string code) => Scopes.Index().First(entry => entry.Item == code).Index;
}
