using System.Buffers.Binary;
using System.Collections;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;

namespace WasteFree.Exchange.Storage.Copying;

/// <summary>
/// Hands rows on and digests them on the way: SHA-256 over each value in order, a number as eight bytes, a text in UTF-8,
/// each after its kind and length. The same rows have the same digest in both databases.
/// </summary>
internal sealed class DigestingReader(DbDataReader rows, Action<long> progress) : DbDataReader
{
    private const int ProgressRows = 10_000;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _head = new byte[9];

    public long Rows { get; private set; }

    public override int FieldCount => rows.FieldCount;

    public override bool HasRows => rows.HasRows;

    public override bool IsClosed => rows.IsClosed;

    public override int Depth => 0;

    public override int RecordsAffected => -1;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => throw new NotSupportedException();

    public byte[] Digest() => _hash.GetHashAndReset();

    public override bool Read() => Take(rows.Read());

    public override async Task<bool> ReadAsync(CancellationToken cancellationToken) => Take(await rows.ReadAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Reads to the end for the digest's sake.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (await ReadAsync(cancellationToken).ConfigureAwait(false))
        {
        }
    }

    public override object GetValue(int ordinal) => rows.GetValue(ordinal);

    public override bool IsDBNull(int ordinal) => rows.IsDBNull(ordinal);

    public override int GetValues(object[] values) => rows.GetValues(values);

    public override string GetName(int ordinal) => rows.GetName(ordinal);

    public override int GetOrdinal(string name) => rows.GetOrdinal(name);

    public override Type GetFieldType(int ordinal) => rows.GetFieldType(ordinal);

    public override string GetDataTypeName(int ordinal) => rows.GetDataTypeName(ordinal);

    public override bool NextResult() => false;

    public override bool GetBoolean(int ordinal) => throw new NotSupportedException();

    public override byte GetByte(int ordinal) => throw new NotSupportedException();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    public override char GetChar(int ordinal) => throw new NotSupportedException();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    public override DateTime GetDateTime(int ordinal) => throw new NotSupportedException();

    public override decimal GetDecimal(int ordinal) => throw new NotSupportedException();

    public override double GetDouble(int ordinal) => throw new NotSupportedException();

    public override float GetFloat(int ordinal) => throw new NotSupportedException();

    public override Guid GetGuid(int ordinal) => throw new NotSupportedException();

    public override short GetInt16(int ordinal) => throw new NotSupportedException();

    public override int GetInt32(int ordinal) => throw new NotSupportedException();

    public override long GetInt64(int ordinal) => throw new NotSupportedException();

    public override string GetString(int ordinal) => throw new NotSupportedException();

    public override IEnumerator GetEnumerator() => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _hash.Dispose();
        base.Dispose(disposing);
    }

    private bool Take(bool read)
    {
        if (!read) return false;
        for (var i = 0; i < rows.FieldCount; i++) Add(rows.GetValue(i));
        if (++Rows % ProgressRows == 0) progress(Rows);
        return true;
    }

    private void Add(object value)
    {
        switch (value)
        {
            case DBNull:
                Head(0, 0);
                break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                Head(2, bytes.Length);
                _hash.AppendData(bytes);
                break;
            case byte[] blob:
                Head(3, blob.Length);
                _hash.AppendData(blob);
                break;
            default:
                Head(1, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }

    private void Head(byte kind, long number)
    {
        _head[0] = kind;
        BinaryPrimitives.WriteInt64BigEndian(_head.AsSpan(1), number);
        _hash.AppendData(_head);
    }
}
