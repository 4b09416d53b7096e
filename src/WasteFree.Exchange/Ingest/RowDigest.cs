using WasteFree.Exchange.Digests;

namespace WasteFree.Exchange.Ingest;

/// <summary>
/// The digest of a report: SHA-256 over its canonical text, a line a row. A line is the fields as sent in the order of the
/// contract, joined by TAB, ended by LF, UTF-8; status flags sorted by their UTF-8 bytes, joined by a blank; backslash, TAB
/// and LF escaped.
/// </summary>
public sealed class RowDigest
{
    public const int Size = Sha256State.DigestSize;

    private readonly Sha256State _hash;
    private readonly CanonicalLine _line = new();

    public RowDigest() => _hash = new Sha256State();

    /// <param name="state">Of the rows before, from <see cref="State"/>.</param>
    public RowDigest(byte[] state) => _hash = Sha256State.Import(state);

    /// <summary>Kept with the cursor of an upload, so that whoever goes on with it goes on with the digest.</summary>
    public byte[] State => _hash.Export();

    /// <summary>Over the rows so far, 32 bytes.</summary>
    public byte[] Value => _hash.Digest();

    public void Append(in SubmittedRow row)
    {
        _line.Begin();
        _line.Write(row.Region, '\t');
        _line.Write(row.Indicator, '\t');
        _line.Write(row.Version, '\t');
        _line.Write(row.Scope, '\t');
        _line.Write(row.Category, '\t');
        _line.Write(row.Period, '\t');
        _line.Write(row.Value, '\t');
        _line.Write(row.Numerator, '\t');
        _line.Write(row.Denominator, '\t');
        _line.Write(row.Unit, '\t');
        _line.Write(Joined(row.Status), '\t');
        _line.Write(row.Confidentiality, '\t');
        _line.Write(row.Note, '\t');
        _line.Write(row.CollectionMethod, '\t');
        _line.Write(row.Evidence, '\t');
        _line.Write(row.NumeratorUnit, '\t');
        _line.Write(row.DenominatorUnit, '\n');
        _hash.Update(_line.Bytes);
    }

    private static string Joined(IReadOnlyList<string> status) => status.Count switch
    {
        0 => "",
        1 => status[0],
        _ => string.Join(' ', status.Order(Utf8Order.Comparer)),
    };
}
