using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Benchmarks.LargeStore;

/// <summary>
/// The ceiling of reading: the keys are known, one prepared statement looks each up and gives the numbers, nothing is made
/// of them. It knows the tables of the store, as nothing else here does.
/// </summary>
internal sealed class BareLookup : IDisposable
{
    private const string Sql = """
        SELECT r.value_mantissa, r.numerator_mantissa, r.denominator_mantissa, r.unit_id, r.status
        FROM current c JOIN revision r ON r.id = c.revision_id
        WHERE c.key = @key AND r.kind = 0
        """;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _command;
    private readonly SqliteParameter _key;

    public BareLookup(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        _command = _connection.CreateCommand();
        _command.CommandText = Sql;
        _key = _command.Parameters.Add("@key", SqliteType.Integer);
        _command.Prepare();
    }

    /// <summary>Keys of an indicator's total in some periods: all organisations' series.</summary>
    public List<long> KeysOf(string indicator, IEnumerable<Period> periods)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT id FROM series WHERE indicator = @indicator AND category = '_T'";
        command.Parameters.AddWithValue("@indicator", indicator);
        using var reader = command.ExecuteReader();
        var series = new List<long>();
        while (reader.Read()) series.Add(reader.GetInt64(0));
        return [.. periods.SelectMany(period => series.Select(id => (period.Number << 38) | id))];
    }

    /// <returns>How many were found.</returns>
    public int Read(List<long> keys)
    {
        using var transaction = _connection.BeginTransaction(deferred: true);
        _command.Transaction = transaction;
        var found = 0;
        foreach (var key in keys)
        {
            _key.Value = key;
            using var reader = _command.ExecuteReader();
            if (reader.Read()) found++;
        }
        transaction.Commit();
        return found;
    }

    public void Dispose()
    {
        _command.Dispose();
        _connection.Dispose();
    }
}
