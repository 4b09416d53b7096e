namespace WasteFree.Exchange.Cli.NativeCsv;

/// <summary>What reading a whole file tells before anything of it is sent.</summary>
internal sealed record FileCheck(RowLines Lines, IReadOnlyList<Fault> Faults)
{
    /// <summary>Rows that cannot be sent.</summary>
    public long BadRows => Faults.Where(FileFaults.IsOfRow).Select(fault => fault.Line).Distinct().Count();

    public static async Task<FileCheck> ReadAsync(NativeReader reader, CancellationToken cancellationToken)
    {
        var lines = new RowLines();
        var faults = new List<Fault>();
        await foreach (var row in reader.ReadAsync(faults.Add, cancellationToken)) lines.Add(row.Line);
        return new FileCheck(lines, faults);
    }
}
