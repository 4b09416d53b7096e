using Microsoft.Data.Sqlite;
using SQLitePCL;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Storage.Sqlite;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests.Sqlite;

/// <summary>
/// How much the database works for a question, in steps of its machine, which are the same on every computer: where rows that a
/// reader may not read cost work, the time of an answer tells of them.
/// </summary>
public sealed class SqliteWorkTests
{
    private const int Steps = 100;

    private static readonly DateOnly First = new(2024, 1, 1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a period range")]
    [InlineData("nothing in particular")]
    [InlineData("named periods")]
    [InlineData("the latest period")]
    public async Task Rows_that_a_reader_may_not_read_cost_a_question_of_it_no_work(string question)
    {
        var (without, answer) = await WorkAsync(question, hidden: 1);
        var (with, same) = await WorkAsync(question, hidden: 20);

        Assert.Equal(answer, same);
        // The series of others are looked at once each; their 9,500 rows are not.
        Assert.InRange(with, without - 50 * Steps, without + 50 * Steps);
    }

    /// <param name="question">What is asked.</param>
    /// <param name="hidden">Of how many series the reader may not read 500 rows each.</param>
    private static async Task<(long Steps, string Answer)> WorkAsync(string question, int hidden)
    {
        await using var database = new SqliteDatabase();
        await using (var store = new SqliteStore(database.Path, TimeProvider.System))
        {
            await store.MigrateAsync(Cancelled);
            // More series in more periods than are looked up key by key for whoever may read everything.
            await new Sender(store, "yaan").CommitAsync("r1", [.. Enumerable.Range(0, 450).Select(region => Row(Day(region % 400), "1", region: $"{511000 + region}"))]);
            await new Sender(store, "wanzhou").CommitAsync("r1", [.. Enumerable.Range(0, hidden).SelectMany(region => Enumerable.Range(0, 500).Select(day => Row(Day(day), "2", region: $"{500100 + region}")))]);
        }
        await using var connection = (SqliteConnection)await database.ConnectAsync(Cancelled);
        await using var transaction = connection.BeginTransaction(deferred: true);
        long counted = 0;
        raw.sqlite3_progress_handler(connection.Handle, Steps, _ =>
        {
            counted++;
            return 0;
        }, null);
        var session = new Session(connection, transaction, SqliteStore.Statements, Cancelled);
        var yaan = new Visibility { Organization = "yaan" };
        var answer = question switch
        {
            "a period range" => await RowsAsync(new ObservationFilter { From = First, To = First.AddDays(600) }),
            "nothing in particular" => await RowsAsync(new ObservationFilter()),
            "named periods" => await RowsAsync(new ObservationFilter { Periods = [.. Enumerable.Range(0, 500).Select(day => PeriodOf(Day(day)))] }),
            "the latest period" => $"{await SqlStore.FindLatestPeriodAsync(session, new ObservationFilter(), yaan, 2)}",
            _ => throw new ArgumentOutOfRangeException(nameof(question)),
        };
        raw.sqlite3_progress_handler(connection.Handle, 0, null, null);
        return (counted * Steps, answer);

        async Task<string> RowsAsync(ObservationFilter filter)
        {
            var rows = await SqlStore.ReadRowsAsync(session, filter, yaan, position: 2, afterKey: -1, limit: 10_000);
            return $"{rows.Count}";
        }
    }

    private static string Day(int day) => $"{First.AddDays(day):yyyy-MM-dd}";
}
