namespace WasteFree.Exchange.Storage.SqlServer;

/// <summary>
/// Chunks of all uploads of this process, or all its audit entries, in their order, several to a transaction: a bulk copy
/// costs as many round trips for five rows as for five thousand.
/// </summary>
internal sealed class SqlServerAppender : GroupWriter
{
    /// <summary>A transaction costs some ten round trips, and a few more for each chunk.</summary>
    private const int GroupRows = 20_000;

    private readonly SqlServerTransactions _transactions;

    public SqlServerAppender(SqlServerTransactions transactions)
        : base(GroupRows)
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
