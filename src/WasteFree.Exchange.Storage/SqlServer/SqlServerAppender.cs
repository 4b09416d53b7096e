namespace WasteFree.Exchange.Storage.SqlServer;

/// <summary>
/// Chunks of all uploads of this process, or all its audit entries, in their order, several to a transaction: a bulk copy
/// costs as many round trips for five rows as for five thousand.
/// </summary>
internal sealed class SqlServerAppender : GroupWriter
{
    /// <summary>A transaction costs some ten round trips. Half of what one upload has on its way: the other half is then ready.</summary>
    private const int GroupRows = 12_000;

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
