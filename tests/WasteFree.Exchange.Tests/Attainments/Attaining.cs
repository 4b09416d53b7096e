using WasteFree.Exchange.Attainments;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Tests.Comparison;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Attainments;

/// <summary>A scene's targets held against its observations, on 1 July 2024 unless the case says otherwise.</summary>
internal static class Attaining
{
    public static readonly DateOnly Day = new(2024, 7, 1);

    public static Attainment Attain(this Scene scene, Func<AttainmentRequest, AttainmentRequest>? change = null) => Assert.Single(scene.AttainAll(change));

    public static IReadOnlyList<Attainment> AttainAll(this Scene scene, Func<AttainmentRequest, AttainmentRequest>? change = null, string? region = null, Period? period = null, Period? within = null)
    {
        var catalog = scene.Catalog();
        var request = scene.Ask(region, period, within);
        if (change is not null) request = change(request);
        return Attainer.Attain(catalog, request with { Disclosure = scene.Disclosing(request.Visibility) }, scene.Observations);
    }

    public static AttainmentRequest Ask(this Scene scene, string? region = null, Period? period = null, Period? within = null) => new()
    {
        Targets = TargetList.Of(scene.Catalog(), region, period, within),
        Date = Day,
        Visibility = Visibility.Everything,
        Disclosure = scene.Disclosing(Visibility.Everything),
    };

    /// <summary>In another year than that of the targets.</summary>
    public static Scene ReportIn(this Scene scene, int year, string? value, string status = "A", string? by = null, Func<Observation, Observation>? change = null) =>
        scene.Report("A", value, status, by, row => (change is null ? row : change(row)) with { Period = Scene.Year(year) });

    /// <summary>That an event happened (1), or not (0), on a day.</summary>
    public static Scene ReportOn(this Scene scene, string day, string? value = "1", string? by = null, Func<Observation, Observation>? change = null) =>
        scene.Report("A", value, by: by, change: row => (change is null ? row : change(row)) with { Period = Of(day) });

    public static Period Of(string text) => Period.TryParse(text, out var period) ? period : throw new ArgumentException(text, nameof(text));
}
