using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;

namespace WasteFree.Exchange.Storage.SqlServer;

/// <summary>Applies the numbered migrations that the database lacks, each once, under a lock of the server.</summary>
internal static partial class SqlServerMigrations
{
    private const int LockMilliseconds = 100_000;

    public static Migrations Embedded { get; } = new("SqlServer/");

    /// <exception cref="InvalidDataException">The database was made by another build, or lacks a setting that this login may not change.</exception>
    public static async Task<bool> ApplyAsync(SqlConnection connection, CancellationToken cancellationToken)
    {
        // An index on a hundred million rows takes as long as it does; a hub that gave up would begin anew at its next start.
        var free = new Session(connection, transaction: null, SqlServerStore.Statements, cancellationToken) { TimeoutSeconds = 0 };
        await free.ExecuteAsync(SqlServerSettings.OfSession).ConfigureAwait(false);
        // Of the session, not of a transaction: the settings of a database are not changed in one.
        var locked = await free.SingleAsync(Lock, new { timeout = LockMilliseconds }).ConfigureAwait(false);
        if (locked < 0) throw new TimeoutException($"Another hub holds the lock of the schema ({locked}).");
        try
        {
            await SqlServerSettings.ApplyAsync(free).ConfigureAwait(false);
            await using var transaction = connection.BeginTransaction();
            var session = new Session(connection, transaction, SqlServerStore.Statements, cancellationToken) { TimeoutSeconds = 0 };
            await session.ExecuteAsync(CreateJournal).ConfigureAwait(false);
            foreach (var migration in Embedded.After(await session.ListAsync(SelectApplied).ConfigureAwait(false)))
            {
                foreach (var batch in Batches().Split(migration.ReadText()).Where(batch => !string.IsNullOrWhiteSpace(batch)))
                    await session.ExecuteAsync(new Command(batch)).ConfigureAwait(false);
                await session.ExecuteAsync(InsertApplied, new { number = migration.Number, name = migration.Id }).ConfigureAwait(false);
            }
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await free.ExecuteAsync(Unlock).ConfigureAwait(false);
        }
        return true;
    }

    /// <summary>Some statements must stand alone; a line that holds only GO ends a batch, as in Microsoft's own tools.</summary>
    [GeneratedRegex(@"^[ \t]*GO[ \t]*\r?$", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Batches();

    private static readonly Query<int> Lock = new("""
        DECLARE @result INT;
        EXEC @result = sp_getapplock @Resource = 'wastefree:schema', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = @timeout;
        SELECT @result AS Result
        """);

    private static readonly Command Unlock = new("EXEC sp_releaseapplock @Resource = 'wastefree:schema', @LockOwner = 'Session'");

    private static readonly Command CreateJournal = new("""
        IF OBJECT_ID('schema_migration') IS NULL
            CREATE TABLE schema_migration (number INT NOT NULL CONSTRAINT pk_schema_migration PRIMARY KEY, name NVARCHAR(200) NOT NULL)
        """);

    private static readonly Query<MigrationRow> SelectApplied = new(Migrations.Journal);

    private static readonly Command InsertApplied = new("INSERT INTO schema_migration (number, name) VALUES (@number, @name)");
}
