using Microsoft.Data.SqlClient;

namespace WasteFree.Exchange.Storage.SqlServer;

/// <summary>What error numbers mean, in one place.</summary>
internal static class SqlServerErrors
{
    /// <summary>A number of the store's own.</summary>
    public const int DeadlockOfOrganization = 51205;

    /// <summary>A unique key is there already: another hub was first.</summary>
    private static readonly HashSet<int> Taken = [2601, 2627];

    /// <summary>
    /// A transaction was chosen to break a deadlock (1205 and the store's own), did not get its lock in time (1222) or lost a race
    /// of versions (3958, 3960, 3961, 3966); the server has no locks (1204), memory (701, 8645) or workers (8651) to give just now;
    /// the connection was lost (-1, 2, 20, 53, 64, 121, 233, 258, 10053, 10054, 10060, 10061); the server or the database is
    /// starting, moving or busy (596, 601, 921, 922, 926, 976, 978, 983, 4060, 4221, 6005, 10928, 10929, 17830, 18401, 40143, 40197,
    /// 40501, 40613, 40540, 49918 to 49920). As Microsoft's documentation lists them.
    /// </summary>
    private static readonly HashSet<int> Passing =
    [
        1205, DeadlockOfOrganization, 1222, 3958, 3960, 3961, 3966, 1204, 701, 8645, 8651,
        -1, 2, 20, 53, 64, 121, 233, 258, 10053, 10054, 10060, 10061,
        596, 601, 921, 922, 926, 976, 978, 983, 4060, 4221, 6005, 10928, 10929, 17830, 18401, 40143, 40197, 40501, 40540, 40613, 49918, 49919, 49920,
    ];

    /// <summary>
    /// What the server read from its files is not what it wrote there: an I/O error (823), a page with a wrong checksum, identity or
    /// place (824, 605), one that was repaired by reading again and warned of (825), one that waits to be restored (829), pages or
    /// rows that do not agree with each other (211, 5242, 5243, 7105, 8646), a file whose header is wrong (5172). Their severity
    /// would make them broken connections.
    /// </summary>
    private static readonly HashSet<int> Damage = [211, 605, 823, 824, 825, 829, 5172, 5242, 5243, 7105, 8646];

    /// <summary>The database is damaged: the same again gives the same.</summary>
    public static bool IsDamage(Exception? exception) =>
        exception is not null && CauseOf(exception) is SqlException e && e.Errors.Cast<SqlError>().Any(error => IsDamage(error.Number));

    public static bool IsDamage(int number) => Damage.Contains(number);

    /// <summary>Everything was undone, and the same again may work.</summary>
    public static bool IsPassing(Exception exception) => CauseOf(exception) switch
    {
        CatalogMovedException => true,
        SqlException e when IsDamage(e) => false,
        SqlException e => IsBroken(e) || e.Errors.Cast<SqlError>().Any(error => IsPassing(error.Number)),
        _ => false,
    };

    public static bool IsPassing(int number) => Passing.Contains(number) || Taken.Contains(number);

    /// <summary>The connection is gone; what the server did last is not known, nor which state of the database comes next.</summary>
    public static bool IsBroken(Exception? exception) => exception is not null && CauseOf(exception) is SqlException { Class: >= 20 };

    /// <summary>The database is what failed, not the caller and not this program.</summary>
    public static bool IsOfDatabase(Exception exception) => CauseOf(exception) switch
    {
        SqlException => true,
        // The pool had no connection to give in time, or a connection broke between two calls. With an exception of another
        // kind inside it is a value that a bulk copy could not convert: a fault of this program.
        InvalidOperationException { InnerException: null } e => IsOfClient(e),
        IOException or TimeoutException => true,
        _ => false,
    };

    /// <summary>A bulk copy puts what befell it on its connection inside "Cannot access destination table", once or twice.</summary>
    private static Exception CauseOf(Exception exception)
    {
        while (exception is InvalidOperationException { InnerException: SqlException or InvalidOperationException } && IsOfClient(exception)) exception = exception.InnerException!;
        return exception;
    }

    private static bool IsOfClient(Exception exception) => exception.Source?.StartsWith("Microsoft.Data.SqlClient", StringComparison.Ordinal) == true;
}
