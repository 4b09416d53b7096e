using WasteFree.Exchange.Catalog.Rows;

namespace WasteFree.Exchange.Catalog;

/// <summary>A row of a load, and where it stands.</summary>
internal sealed record LoadedRow(TableSchema Schema, int Table, string TableName, int Line, string Content, ParsedRow Parsed);

/// <summary>The rows and faults of a load while its tables are read.</summary>
internal sealed class LoadBatch
{
    private readonly List<List<CatalogFault>> _faultsOfTable = [];
    private readonly List<LoadedRow> _rows = [];
    private readonly Dictionary<(CatalogTableKind, string), LoadedRow> _byKey = [];
    private bool _complete = true;

    public IReadOnlyList<LoadedRow> Rows => _rows;

    public void Add(CatalogTable table, bool allowIllustrative)
    {
        var faults = new List<CatalogFault>();
        _faultsOfTable.Add(faults);
        var schema = TableSchema.Of(table.Kind);
        var csv = CsvTable.Read(table, schema, faults);
        _complete &= csv.Readable;

        foreach (var line in csv.Rows)
        {
            var fields = new RowFields(table.Name, line.Line, line.Columns, faults);
            var parsed = schema.Read(fields);
            if (parsed.Value is Organization { Illustrative: true } && !allowIllustrative)
                fields.Fault("illustrative", fields.Text("illustrative"), FaultText.IllustrativeRefused);

            var row = new LoadedRow(schema, _faultsOfTable.Count - 1, table.Name, line.Line, Content(line, parsed), parsed);
            _rows.Add(row);
            if (parsed.Key.Length > 0 && !_byKey.TryAdd((schema.Kind, parsed.Key), row))
                AddDuplicate(fields, row, _byKey[(schema.Kind, parsed.Key)]);
        }
    }

    /// <summary>
    /// Every code that a row names must be in the catalogue or in the load. When part of a table could not be read
    /// this says nothing: the rows referred to may be in that part.
    /// </summary>
    public void CheckReferences(IEnumerable<(string Kind, ParsedRow Row)> current)
    {
        if (!_complete) return;

        var known = new HashSet<(CatalogTableKind, string)>();
        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        var majors = new HashSet<(string, int)>();
        foreach (var (kind, row) in current.Concat(_rows.Select(row => (row.Schema.Name, row.Parsed))))
        {
            known.Add((TableSchema.Find(kind)!.Kind, row.Identity));
            if (row.Value is Region region) parents[region.Code] = region.ParentCode;
            if (row.Value is Indicator definition) majors.Add((definition.Code, definition.Version.Major));
        }

        foreach (var row in _rows)
        {
            var faults = _faultsOfTable[row.Table];
            foreach (var reference in row.Parsed.References.Where(reference => !known.Contains((reference.To, reference.Code))))
                faults.Add(FaultAt.Line(row.TableName, row.Line, reference.Column, reference.Code, FaultText.Dangling(reference.To)));
            if (row.Parsed.Value is Region region && LeadsBack(region.Code, parents))
                faults.Add(FaultAt.Line(row.TableName, row.Line, "parent_code", region.ParentCode, FaultText.ParentCycle));
            if (row.Parsed is { Value: Bridge bridge, Key.Length: > 0 } && known.Contains((CatalogTableKind.Indicators, bridge.Indicator)))
            {
                foreach (var (column, major) in BridgeRow.Majors(bridge).Where(side => !majors.Contains((bridge.Indicator, side.Major))))
                    faults.Add(FaultAt.Line(row.TableName, row.Line, column, $"{major}", FaultText.NoSuchMajor));
            }
        }
    }

    public IReadOnlyList<CatalogFault> FaultsInOrder() => [.. _faultsOfTable.SelectMany(faults => faults.OrderBy(fault => fault.Line))];

    /// <summary>The key's default is written out, so that a row that states it is equal to one that leaves it.</summary>
    private static string Content(CsvRow line, ParsedRow parsed) => CatalogContent.Write(parsed.Value switch
    {
        Indicator indicator => new Dictionary<string, string>(line.Columns) { ["version"] = indicator.Version.ToString() },
        Bridge bridge => new Dictionary<string, string>(line.Columns) { ["regions"] = bridge.Regions.ToString() },
        Grant grant => new Dictionary<string, string>(line.Columns) { ["regions"] = grant.Regions.ToString() },
        Density density => new Dictionary<string, string>(line.Columns) { ["categories"] = density.Categories.ToString() },
        _ => line.Columns,
    });

    private static void AddDuplicate(RowFields fields, LoadedRow row, LoadedRow first)
    {
        var observed = row.Parsed.Key.Replace('\t', ' ').Trim();
        fields.Fault(row.Schema.KeyColumns[^1], observed, FaultText.DuplicateKey(first.TableName, first.Line));
    }

    /// <summary>Whoever walks up from a region must come to an end.</summary>
    private static bool LeadsBack(string code, Dictionary<string, string> parents)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var at = code;
        while (at.Length > 0 && seen.Add(at) && parents.TryGetValue(at, out var parent))
        {
            at = parent;
            if (at == code) return true;
        }
        return false;
    }
}
