namespace WasteFree.Exchange.Storage.Copying;

/// <summary>
/// Copies a store, row for row: ids, positions, hashes and keys stay, so that receipts, resume tokens and page tokens go on
/// to hold. Every table is read back and its digest compared before the copy counts as a store.
/// </summary>
public static class StoreCopy
{
    /// <exception cref="CopyRefusedException">It cannot be made, or what was read back is not what was written.</exception>
    public static async Task<IReadOnlyList<CopiedTable>> RunAsync(
        StoreEnd from, StoreEnd to, IProgress<CopyProgress> progress, CancellationToken cancellationToken)
    {
        await from.OpenSourceAsync(cancellationToken).ConfigureAwait(false);
        var state = await from.ReadStateAsync(cancellationToken).ConfigureAwait(false);
        await to.OpenTargetAsync(cancellationToken).ConfigureAwait(false);
        var copied = new List<CopiedTable>();
        foreach (var table in CopyTable.All)
        {
            await using var rows = await from.ReadAsync(table, cancellationToken).ConfigureAwait(false);
            await using var digesting = new DigestingReader(rows, done => progress.Report(new CopyProgress(table.Name, done)));
            await to.WriteAsync(table, digesting, cancellationToken).ConfigureAwait(false);
            copied.Add(new CopiedTable(table.Name, digesting.Rows, digesting.Digest()));
            progress.Report(new CopyProgress(table.Name, digesting.Rows));
        }
        await from.EndSnapshotAsync(cancellationToken).ConfigureAwait(false);
        if (await from.ReadStateAsync(cancellationToken).ConfigureAwait(false) != state) throw CopyRefusedException.Moved();
        foreach (var (table, source) in CopyTable.All.Zip(copied))
        {
            await using var rows = await to.ReadAsync(table, cancellationToken).ConfigureAwait(false);
            await using var digesting = new DigestingReader(rows, _ => { });
            await digesting.DrainAsync(cancellationToken).ConfigureAwait(false);
            if (digesting.Rows != source.Rows || !digesting.Digest().AsSpan().SequenceEqual(source.Digest)) throw CopyRefusedException.Differs(table.Name);
        }
        await to.FinishAsync(cancellationToken).ConfigureAwait(false);
        return copied;
    }
}

/// <summary>A table and what was copied of it.</summary>
/// <param name="Name">Of the table.</param>
/// <param name="Rows">How many.</param>
/// <param name="Digest">SHA-256 over all of them: the same in both stores.</param>
public sealed record CopiedTable(string Name, long Rows, byte[] Digest);

/// <summary>So many rows of a table have been copied.</summary>
public readonly record struct CopyProgress(string Table, long Rows);
