using System.Data.Common;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Storage.Copying;

namespace WasteFree.Exchange.Storage.Tests.Copying;

/// <summary>A target that changes one value of a table when it is written.</summary>
internal sealed class LosingEnd(string path, string losing) : StoreEnd
{
    private readonly SqliteEnd _end = new(path);

    internal override Task OpenSourceAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    internal override async Task OpenTargetAsync(CancellationToken cancellationToken)
    {
        await _end.OpenTargetAsync(cancellationToken);
        Connection = new SqliteConnection($"Data Source={path}.copying;Pooling=False");
        await Connection.OpenAsync(cancellationToken);
    }

    internal override async Task WriteAsync(CopyTable table, DbDataReader rows, CancellationToken cancellationToken)
    {
        await _end.WriteAsync(table, rows, cancellationToken);
        if (table.Name != losing) return;
        var last = table.Columns.Contains("entry_hash") ? "catalog_version" : "status";
        await ExecuteAsync($"UPDATE [{losing}] SET {last} = {last} + 1 WHERE id = (SELECT MAX(id) FROM [{losing}])", cancellationToken);
    }

    internal override Task FinishAsync(CancellationToken cancellationToken) => _end.FinishAsync(cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _end.DisposeAsync();
    }
}
