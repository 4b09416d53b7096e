using System.Globalization;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Disclosures;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Tests.Comparison;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Tests.Disclosures;

/// <summary>
/// Random values of two or three kinds of parts (regions in regions, categories in their total, scopes in the whole,
/// quarters in halves in a year; a stock is that of the last of them), all sums right, some not reported, some confidential (示例); and one who asks
/// everything and knows how they add up.
/// </summary>
internal sealed class SecretWorld
{
    private static readonly (string Code, string Parent)[] Regions =
        [("G", ""), ("P", "G"), ("Q", "G"), ("A", "P"), ("B", "P"), ("C", "P"), ("D", "Q"), ("E", "Q"), ("A1", "A"), ("A2", "A")];

    private static readonly string[] Periods = ["2024", "2024-S1", "2024-S2", "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"];

    private readonly Random _random;
    private readonly Scene _scene;
    private readonly bool _isStock;
    private readonly List<(string Region, string Category, Scope Scope, string Period)> _cells;
    private readonly Dictionary<(string, string, Scope, string), int> _numbers;
    private readonly IReadOnlyList<string> _regions;
    private readonly IReadOnlyList<string> _categories;
    private readonly IReadOnlyList<Scope> _scopes;
    private readonly IReadOnlyList<string> _periods;

    public SecretWorld(int seed)
    {
        _random = new Random(seed);
        // Two kinds of parts at least; a third one would make the equations many.
        var without = _random.Next(4);
        var second = _random.Next(3) == 0 ? without : _random.Next(4);
        bool Has(int kind) => kind != without && kind != second;
        _regions = Has(0) ? [.. Regions.Select(region => region.Code)] : ["A1"];
        _categories = Has(1) ? [Codes.Total, "X", "Y", "Z"] : [Codes.Total];
        _scopes = Has(2) ? [Scope.Whole, Scope.Urban, Scope.Rural] : [Scope.Whole];
        _periods = Has(3) ? Periods : ["2024-Q1"];
        _cells = [.. from region in _regions from category in _categories from scope in _scopes from period in _periods select (region, category, scope, period)];
        _numbers = _cells.Index().ToDictionary(cell => cell.Item, cell => cell.Index);
        _isStock = _random.Next(4) == 0;
        _scene = Fill();
    }

    public int SecretsFound { get; private set; }

    public int Told { get; private set; }

    /// <summary>What follows of that which is withheld, from all that a caller is told; empty: nothing.</summary>
    /// <param name="caller">Its organisation; null: none.</param>
    public IReadOnlyList<string> Found(string? caller)
    {
        var visibility = caller is null ? Visibility.Everything : Scene.SeenBy(caller);
        var disclosure = _scene.Disclosing(visibility);
        var known = new Equations();
        foreach (var sum in Sums()) known.Learn(sum);
        foreach (var row in _scene.Observations.Where(row => !disclosure.Withholds(row))) Know(known, [(At(row.Observation), Rational.One)]);
        for (var i = 0; i < 12; i++) Ask(visibility, known);
        var withheld = _scene.Observations.Where(disclosure.Withholds).ToList();
        SecretsFound += withheld.Count(row => !disclosure.GivesAway(row));
        return [.. withheld.Where(row => known.Tell(At(row.Observation))).Select(row =>
            $"{row.Observation.Region} {row.Observation.Category} {row.Observation.Scope} {row.Observation.Period}{(disclosure.GivesAway(row) ? "" : " (confidential)")}")];
    }

    /// <summary>Every whole is its parts.</summary>
    private IEnumerable<IEnumerable<(int, Rational)>> Sums()
    {
        foreach (var cell in _cells)
        {
            if (_regions.Count > 1) yield return Sum(cell, Regions.Where(region => region.Parent == cell.Region).Select(region => cell with { Region = region.Code }));
            if (cell.Category == Codes.Total) yield return Sum(cell, _categories.Skip(1).Select(category => cell with { Category = category }));
            if (cell.Scope == Scope.Whole) yield return Sum(cell, _scopes.Skip(1).Select(scope => cell with { Scope = scope }));
            var finer = Scene.PeriodOf(cell.Period).Finer().Select(period => period.ToString()).ToList();
            if (finer.TrueForAll(_periods.Contains)) yield return Sum(cell, finer.Skip(_isStock ? finer.Count - 1 : 0).Select(period => cell with { Period = period }));
        }
    }

    private IEnumerable<(int, Rational)> Sum((string, string, Scope, string) whole, IEnumerable<(string, string, Scope, string)> parts)
    {
        var list = parts.Select(part => (_numbers[part], Rational.One)).ToList();
        return list.Count == 0 ? [] : list.Append((_numbers[whole], -Rational.One));
    }

    private Scene Fill()
    {
        var scene = _isStock ? Scene.Of(rate => rate with { Unit = "t", Kind = IndicatorKind.Stock, Aggregation = Aggregation.Last }) : Scene.OfTonnes();
        foreach (var (code, parent) in Regions) scene.Place(code, parent);
        foreach (var category in _categories.Skip(1)) scene.Classify(category);
        var (reported, secret) = (_random.Next(60, 101), _random.Next(2, 40));
        var values = new Dictionary<(string, string, Scope, string), int>();
        foreach (var cell in _cells.Where(_ => _random.Next(100) < reported))
        {
            scene.At(cell.Period, cell.Region, Value(cell, values).ToString(CultureInfo.InvariantCulture), by: cell.Region.ToLowerInvariant(), change: row => row with
            {
                Category = cell.Category,
                Scope = cell.Scope,
                Confidentiality = _random.Next(100) < secret ? Confidentiality.Confidential : Confidentiality.Free,
            });
        }
        return scene;
    }

    private int Value((string Region, string Category, Scope Scope, string Period) cell, Dictionary<(string, string, Scope, string), int> values)
    {
        if (values.TryGetValue(cell, out var known)) return known;
        var parts = Sums().Select(sum => sum.ToList()).FirstOrDefault(sum => sum.Count > 0 && sum[^1].Item1 == _numbers[cell]);
        return values[cell] = parts is null ? _random.Next(1, 1000) : parts.SkipLast(1).Sum(part => Value(_cells[part.Item1], values));
    }

    /// <summary>A comparison of some regions; each of its numbers is learned.</summary>
    private void Ask(Visibility visibility, Equations known)
    {
        var regions = _regions.Where(_ => _random.Next(3) > 0).DefaultIfEmpty(_regions[^1]).ToList();
        var (category, scope, period) = (Pick(_categories), Pick(_scopes), Pick(_periods));
        var table = _scene.Compare(string.Join(' ', regions), request => request with
        {
            Columns = [(Scene.Rate, Scene.PeriodOf(period))],
            Category = category,
            Scope = scope,
            Visibility = visibility,
            RollUp = true,
            Growth = [GrowthBasis.PreviousPeriod],
        });
        foreach (var cell in table.Cells.Where(cell => cell.Quantity is not null)) Know(known, [(Of(cell.Region, period), Rational.One)]);
        foreach (var cell in table.Cells.Where(cell => cell.Growth[0].Change is not null))
            Know(known, [(Of(cell.Region, period), Rational.One), (Of(cell.Region, cell.Growth[0].BasePeriod!.Value.ToString()), -Rational.One)]);
        if (table.Aggregate is { Quantity: not null } all)
            Know(known, table.Cells.Select(cell => cell.Region).Except(all.Excluded.Select(left => left.Region)).Select(region => (Of(region, period), Rational.One)));

        int Of(string region, string at) => _numbers[(region, category, scope, at)];
    }

    private void Know(Equations known, IEnumerable<(int, Rational)> combination)
    {
        Told++;
        known.Learn(combination);
    }

    private int At(Observation row) => _numbers[(row.Region, row.Category, row.Scope, row.Period.ToString())];

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
