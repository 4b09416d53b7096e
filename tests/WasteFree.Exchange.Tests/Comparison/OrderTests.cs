using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

public sealed class OrderTests
{
    private const string Regions = "A B C D E Z";

    private sealed record Row(string Region, string Sender, int Value, string Flag, Scope Scope, Confidentiality Secrecy, string Unit);

    private static readonly Gen<Row> Rows =
        from region in Gen.Elements(Regions.Split(' '))
        from sender in Gen.Elements("a", "b", "m", "demo-x", "demo-y")
        from value in Gen.Choose(0, 6)
        from flag in Gen.Elements("A", "A", "A", "E", "O", "D")
        from scope in Gen.Elements(Scope.Whole, Scope.Whole, Scope.Urban)
        from secrecy in Gen.Elements(Confidentiality.Free, Confidentiality.Free, Confidentiality.Confidential)
        from unit in Gen.Elements("t", "t", "kg", "m3")
        select new Row(region, sender, value, flag, scope, secrecy, unit);

    [Fact]
    public void The_order_of_observations_and_regions_changes_no_verdict_and_no_rank()
    {
        var cases =
            from rows in Rows.ListOf(14)
            from observations in Gen.Shuffle(Enumerable.Range(0, 14).ToArray())
            from regions in Gen.Shuffle(Regions.Split(' '))
            select (rows, observations, regions);

        Prop.ForAll(cases.ToArbitrary(), shuffled =>
        {
            var scene = Build(shuffled.rows);
            var inOrder = Answer(scene.Tables(Regions));
            var observations = shuffled.observations.Where(place => place < scene.Observations.Count).Select(place => scene.Observations[place]).ToList();
            return inOrder == Answer(scene.Tables(string.Join(' ', shuffled.regions), observations: observations));
        }).QuickCheckThrowOnFailure();
    }

    private static Scene Build(IEnumerable<Row> rows)
    {
        var scene = Scene.OfTonnes().Place("A").Place("Z", "A").Register("demo-x", illustrative: true).Register("demo-y", illustrative: true).Mandate("m");
        foreach (var region in Regions.Split(' ')) scene.Aim(region, "3", target => target with { Comparator = Comparator.AtMost });
        // One organisation has one value per key, as in the store.
        foreach (var row in rows.DistinctBy(row => (row.Region, row.Sender, row.Scope)))
        {
            scene.Report(row.Region, row.Flag == "O" ? null : row.Value.ToString(CultureInfo.InvariantCulture), row.Flag, row.Sender, observation => observation with
            {
                Scope = row.Scope,
                Confidentiality = row.Secrecy,
                Unit = row.Unit,
            });
        }
        return scene;
    }

    private static string Answer(IReadOnlyList<ComparisonTable> tables) => string.Join('\n',
        from table in tables
        from cell in table.Cells
        orderby cell.Region
        select $"{cell.Region} {cell.Verdict} {string.Join('+', cell.Reasons)} {cell.Rank} {cell.Organization} {cell.Value} {cell.Illustrative} "
            + $"{string.Join('+', cell.Alternatives)} {string.Join('+', cell.Targets.Select(entry => entry.Attained))} {cell.MessageEn} {cell.MessageZh}");
}
