namespace WasteFree.Exchange.Storage.SqlServer;

/// <summary>
/// Chunks of all uploads of this process, or all its audit entries, in their order, several to a transaction: a bulk copy
/// costs as many round trips for five rows as for five thousand.
/// </summary>
internal sealed class SqlServerAppender : GroupWriter
{
    private readonly SqlServerTransactions _transactions;

    public SqlServerAppender(SqlServerTransactions transactions)
    {
        _transactions = transactions;
        Start();
    }

    protected override Task RunAsync(IReadOnlyList<WriteOperation> group) =>
        _transactions.WriteAsync(
            async session =>
            {
                foreach (var operation in group) await operation.ExecuteAsync(session).ConfigureAwait(false);
                return true;
            },
            CancellationToken.None);
}
