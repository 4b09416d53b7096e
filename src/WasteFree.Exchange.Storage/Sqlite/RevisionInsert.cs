using Microsoft.Data.Sqlite;
using SQLitePCL;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>
/// The one statement that runs once a row: prepared once and bound below ADO.NET, which is twice as fast.
/// </summary>
internal sealed class RevisionInsert : IDisposable
{
    private const string Sql = """
        INSERT INTO revision (
            id, key, kind, version_minor, value_mantissa, value_scale, numerator_mantissa, numerator_scale,
            denominator_mantissa, denominator_scale, unit_id, status, confidentiality, note, collection_method, evidence, numerator_unit_id, denominator_unit_id)
        VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
        """;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public RevisionInsert(SqliteConnection connection)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_database, Sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public void Insert(long id, long key, Observation row, long unit, long? numeratorUnit, long? denominatorUnit)
    {
        raw.sqlite3_bind_int64(_statement, 1, id);
        raw.sqlite3_bind_int64(_statement, 2, key);
        raw.sqlite3_bind_int(_statement, 3, Versions.Parse(row.Version).Minor);
        Bind(4, row.Value);
        Bind(6, row.Numerator);
        Bind(8, row.Denominator);
        raw.sqlite3_bind_int64(_statement, 10, unit);
        raw.sqlite3_bind_int(_statement, 11, row.Status.Bits);
        raw.sqlite3_bind_int(_statement, 12, (int)row.Confidentiality);
        Bind(13, row.Note);
        Bind(14, row.CollectionMethod);
        Bind(15, row.Evidence);
        Bind(16, numeratorUnit);
        Bind(17, denominatorUnit);
        var result = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        if (result != raw.SQLITE_DONE) Check(result);
    }

    public void Dispose() => _statement.Dispose();

    private void Bind(int place, ExactDecimal? number)
    {
        if (number is { } value)
        {
            raw.sqlite3_bind_int64(_statement, place, value.Mantissa);
            raw.sqlite3_bind_int(_statement, place + 1, value.Scale);
        }
        else
        {
            raw.sqlite3_bind_null(_statement, place);
            raw.sqlite3_bind_null(_statement, place + 1);
        }
    }

    private void Bind(int place, long? number)
    {
        if (number is { } value) raw.sqlite3_bind_int64(_statement, place, value);
        else raw.sqlite3_bind_null(_statement, place);
    }

    private void Bind(int place, string? text)
    {
        if (text is null) raw.sqlite3_bind_null(_statement, place);
        else raw.sqlite3_bind_text(_statement, place, text);
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw new SqliteException(raw.sqlite3_errmsg(_database).utf8_to_string(), result, raw.sqlite3_extended_errcode(_database));
    }
}
