using WasteFree.Exchange.Catalog.Rows;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Catalog;

/// <summary>A row of a load, and where it stands. Sound: it has no fault of its own.</summary>
internal sealed record LoadedRow(TableSchema Schema, int Table, string TableName, int Line, string Content, ParsedRow Parsed, bool Sound);

/// <summary>The rows and faults of a load while its tables are read.</summary>
internal sealed class LoadBatch
{
    private const int Suggestions = 3;

    private readonly Dictionary<(CatalogTableKind Kind, string Key), ParsedRow> _current;
    private readonly bool _allowIllustrative;
    private readonly List<List<CatalogFault>> _faultsOfTable = [];
    private readonly List<LoadedRow> _rows = [];
    private readonly Dictionary<(CatalogTableKind, string), LoadedRow> _byKey = [];
    private bool _complete = true;

    public LoadBatch(IReadOnlyList<CatalogRow> current, bool allowIllustrative)
    {
        _current = current.ToDictionary(row => (TableSchema.Find(row.Kind)!.Kind, row.Key), CatalogReader.Parse);
        _allowIllustrative = allowIllustrative;
    }

    public IReadOnlyList<LoadedRow> Rows => _rows;

    public void Add(CatalogTable table)
    {
        var faults = new List<CatalogFault>();
        _faultsOfTable.Add(faults);
        var schema = TableSchema.Of(table.Kind);
        var csv = CsvTable.Read(table, schema, faults);
        _complete &= csv.Readable;

        foreach (var line in csv.Rows)
        {
            var before = faults.Count;
            var stored = StoredRowOf(schema, line);
            var fields = new RowFields(table.Name, line.Line, stored is null ? line.Columns : csv.Over(stored.Value.Columns, line), faults);
            var parsed = schema.Read(fields);
            if (parsed.Value is Organization { Illustrative: true } && !_allowIllustrative)
                fields.Fault("illustrative", fields.Text("illustrative"), FaultText.IllustrativeRefused);
            if (stored is not null && faults.Count == before) LastingMeaning.Check(fields, stored.Value, parsed.Value);

            var row = new LoadedRow(schema, _faultsOfTable.Count - 1, table.Name, line.Line, Content(fields.Columns, parsed), parsed, faults.Count == before);
            _rows.Add(row);
            if (parsed.Key.Length > 0 && !_byKey.TryAdd((schema.Kind, parsed.Key), row))
                AddDuplicate(fields, row, _byKey[(schema.Kind, parsed.Key)]);
        }
    }

    /// <summary>
    /// Every code that a row names must be in the catalogue or in the load, and fit what it names. When part of a table
    /// could not be read this says nothing: the rows referred to may be in that part.
    /// </summary>
    public void CheckTogether()
    {
        if (!_complete) return;

        var known = new HashSet<(CatalogTableKind, string)>();
        var regions = new Dictionary<string, Region>(StringComparer.Ordinal);
        var names = new Dictionary<(CatalogTableKind Kind, string), NamedCode>();
        var nearest = new Dictionary<CatalogTableKind, NearestNames>();
        var majors = new HashSet<(string, int)>();
        foreach (var (kind, row) in _current.Select(row => (row.Key.Kind, row.Value)).Concat(_rows.Select(row => (row.Schema.Kind, row.Parsed))))
        {
            known.Add((kind, row.Identity));
            if (row.Value is Region region) regions[region.Code] = region;
            if (NamedCode.Of(row.Value) is { } named) names[(kind, row.Identity)] = named;
            if (row.Value is Indicator definition) majors.Add((definition.Code, definition.Version.Major));
        }

        var loaded = _rows.Select(row => row.Parsed.Value).OfType<Region>().Select(region => region.Code).ToHashSet(StringComparer.Ordinal);
        var predecessors = regions.Values.Where(region => !loaded.Contains(region.Code))
            .SelectMany(region => region.Successors.Select(successor => (Successor: successor, Region: region)))
            .ToLookup(entry => entry.Successor, entry => entry.Region, StringComparer.Ordinal);
        foreach (var row in _rows)
        {
            foreach (var reference in row.Parsed.References.Where(reference => !known.Contains((reference.To, reference.Code))))
                Fault(row, reference.Column, reference.Code, FaultText.Dangling(reference.To, Nearest(reference)));
            if (row.Parsed is { Value: Region region, Key.Length: > 0 })
            {
                if (LeadsBack(region.Code, regions)) Fault(row, "parent_code", region.ParentCode, FaultText.ParentCycle);
                foreach (var (column, observed, text) in Succession.FaultsOf(region, regions, predecessors[region.Code]))
                    Fault(row, column, observed, text);
            }
            if (row.Parsed is { Value: Bridge bridge, Key.Length: > 0 } && known.Contains((CatalogTableKind.Indicators, bridge.Indicator)))
            {
                foreach (var (column, major) in BridgeRow.Majors(bridge).Where(side => !majors.Contains((bridge.Indicator, side.Major))))
                    Fault(row, column, $"{major}", FaultText.NoSuchMajor);
            }
        }
        CheckFit();

        IReadOnlyList<string> Nearest(Reference reference)
        {
            if (!nearest.TryGetValue(reference.To, out var known))
                nearest[reference.To] = known = new NearestNames(names.Where(name => name.Key.Kind == reference.To).Select(name => name.Value));
            return known.Find(reference.Code, Suggestions);
        }
    }

    public IReadOnlyList<CatalogFault> FaultsInOrder() => [.. _faultsOfTable.SelectMany(faults => faults.OrderBy(fault => fault.Line))];

    /// <summary>What is at fault by itself is told as that: nothing has to fit it.</summary>
    private void CheckFit()
    {
        var after = new Dictionary<(CatalogTableKind, string), ParsedRow>(_current);
        foreach (var (key, row) in _byKey)
        {
            if (row.Sound) after[key] = row.Parsed;
            else after.Remove(key);
        }
        var fit = new RowFit(CatalogReader.Of(0, [.. after.Values.Select(row => row.Value)]));

        foreach (var row in _rows.Where(row => row.Sound))
            foreach (var misfit in fit.Of(row.Parsed.Value)) Fault(row, misfit.Column, misfit.Observed, misfit.Text);
        CheckTargetsThatStay(fit);
    }

    /// <summary>A target that is not in the load was right when it was loaded: what it rests on may not be drawn away under it.</summary>
    private void CheckTargetsThatStay(RowFit fit)
    {
        var indicators = _rows.Where(row => row is { Sound: true, Parsed.Value: Indicator }).ToLookup(row => row.Parsed.Identity, StringComparer.Ordinal);
        var categories = _rows.Where(row => row is { Sound: true, Parsed.Value: Category }).ToLookup(row => row.Parsed.Identity, StringComparer.Ordinal);
        if (indicators.Count == 0 && categories.Count == 0) return;

        var before = new RowFit(CatalogReader.Of(0, [.. _current.Values.Select(row => row.Value)]));
        foreach (var target in _current.Where(row => !_byKey.ContainsKey(row.Key)).Select(row => row.Value.Value).OfType<Target>())
        {
            if (!indicators.Contains(target.Indicator) && !categories.Contains(target.Category)) continue;
            foreach (var misfit in fit.Of(target).Except(before.Of(target)))
            {
                var (rows, column) = misfit.Cause == CatalogTableKind.Categories ? (categories[target.Category], "indicators") : (indicators[target.Indicator], misfit.CauseColumn);
                if (rows.LastOrDefault() is { } row) Fault(row, column, target.Id, FaultText.UnderTarget(target.Id, misfit.Column, misfit.Observed));
            }
        }
    }

    private void Fault(LoadedRow row, string column, string observed, FaultText text) =>
        _faultsOfTable[row.Table].Add(FaultAt.Line(row.TableName, row.Line, column, observed, text));

    /// <summary>The row that this one would replace. What is wrong with it is told when it is read with all its columns.</summary>
    private ParsedRow? StoredRowOf(TableSchema schema, CsvRow line) =>
        _current.GetValueOrDefault((schema.Kind, schema.Read(new RowFields("", line.Line, line.Columns, [])).Key));

    /// <summary>The key's default is written out, so that a row that states it is equal to one that leaves it.</summary>
    private static string Content(IReadOnlyDictionary<string, string> columns, ParsedRow parsed) => CatalogContent.Write(parsed.Value switch
    {
        Indicator indicator => new Dictionary<string, string>(columns) { ["version"] = indicator.Version.ToString() },
        Bridge bridge => new Dictionary<string, string>(columns) { ["regions"] = bridge.Regions.ToString() },
        Grant grant => new Dictionary<string, string>(columns) { ["regions"] = grant.Regions.ToString() },
        Density density => new Dictionary<string, string>(columns) { ["categories"] = density.Categories.ToString() },
        _ => columns,
    });

    private static void AddDuplicate(RowFields fields, LoadedRow row, LoadedRow first)
    {
        var observed = row.Parsed.Key.Replace('\t', ' ').Trim();
        fields.Fault(row.Schema.KeyColumns[^1], observed, FaultText.DuplicateKey(first.TableName, first.Line));
    }

    /// <summary>Whoever walks up from a region must come to an end.</summary>
    private static bool LeadsBack(string code, Dictionary<string, Region> regions)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var at = code;
        while (at.Length > 0 && seen.Add(at) && regions.TryGetValue(at, out var region))
        {
            at = region.ParentCode;
            if (at == code) return true;
        }
        return false;
    }
}
