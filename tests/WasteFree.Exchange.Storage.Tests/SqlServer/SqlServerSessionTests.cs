using Microsoft.Data.SqlClient;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using WasteFree.Exchange.Storage.SqlServer;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Storage.Tests.Statements;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Tests.Shared;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests.SqlServer;

/// <summary>A session that writes says what it rests on, whatever the server or the login has for a default.</summary>
public sealed class SqlServerSessionTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void A_session_that_writes_says_what_it_rests_on_in_one_batch()
    {
        var statements = Assert.Single(TransactSql.Parse(SqlServerSettings.OfSession.Text).Batches).Statements;
        Assert.Equal(
            [(SetOptions.NoCount, false), (SetOptions.XactAbort, true), (SetOptions.ImplicitTransactions, false), (SetOptions.NumericRoundAbort, false)],
            statements.OfType<PredicateSetStatement>().Select(set => (set.Options, set.IsOn)));
        Assert.Equal(IsolationLevel.ReadCommitted, Assert.Single(statements.OfType<SetTransactionIsolationLevelStatement>()).Level);
        Assert.Equal(5, statements.Count);
    }

    /// <summary>Bits of sp_configure's user options, which every login of the server then begins with.</summary>
    [Theory]
    [InlineData(2)] // IMPLICIT_TRANSACTIONS
    [InlineData(512)] // NOCOUNT
    [InlineData(8192)] // NUMERIC_ROUNDABORT
    public async Task Counts_are_right_whatever_the_server_has_for_a_default(int options)
    {
        await using var database = await SqlServerDatabase.CreateAsync();
        Assert.SkipWhen(SqlServerForTests.IsStandIn, "The stand-in for SQL Server has no sp_configure.");
        await SetUserOptionsAsync(options);
        try
        {
            await using var store = database.Open(TimeProvider.System);
            await store.MigrateAsync(Cancelled);
            var wanzhou = new Sender(store, "wanzhou");
            await wanzhou.CommitAsync("r1", Row("2023", "1"), Row("2024", "1"));
            var counts = (await wanzhou.CommitAsync("r2", Row("2023", "1"), Row("2024", "2"), Row("2025", "3"))).Counts;
            Assert.Equal((1L, 1L, 1L), (counts.Created, counts.Revised, counts.Unchanged));
            Assert.Equal(3, (await wanzhou.WithdrawAsync("r2")).Tombstones);
            var fenced = await wanzhou.OpenAsync("r3");
            await wanzhou.OpenAsync("r3");
            Assert.Equal(AppendResult.Fenced, await fenced.AppendAsync(Row("2023", "9")));
        }
        finally
        {
            await SetUserOptionsAsync(0);
        }
        await StoreIntegrity.CheckAsync(database, Cancelled);
    }

    private static async Task SetUserOptionsAsync(int options)
    {
        await using var connection = new SqlConnection(new SqlConnectionStringBuilder(SqlServerForTests.ConnectionString) { Pooling = false }.ToString());
        await connection.OpenAsync(CancellationToken.None);
        await using var command = new SqlCommand("EXEC sp_configure 'user options', @options; RECONFIGURE", connection);
        command.Parameters.AddWithValue("options", options);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
