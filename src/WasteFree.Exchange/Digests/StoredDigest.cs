namespace WasteFree.Exchange.Digests;

/// <summary>
/// SHA-256 over rows as they are stored, in the order of their offsets: a line a row, of offset, organisation, indicator,
/// MAJOR and MINOR of the version, region, scope, category, period, then mantissa and scale of value, numerator and
/// denominator, unit, status flags, confidentiality, note, collection method, evidence, units of numerator and denominator. Codes are
/// written out; scope, period, flags and confidentiality are the numbers that are stored. What is absent is empty, an empty text is <c>\e</c>.
/// </summary>
public sealed class StoredDigest
{
    private readonly Sha256State _hash;
    private readonly CanonicalLine _line = new();

    public StoredDigest() => _hash = new Sha256State();

    /// <param name="state">Of the rows before, from <see cref="State"/>.</param>
    public StoredDigest(byte[] state) => _hash = Sha256State.Import(state);

    /// <summary>Kept with the cursor of an upload, so that whoever goes on with it goes on with the digest.</summary>
    public byte[] State => _hash.Export();

    /// <summary>Over the rows so far, 32 bytes.</summary>
    public byte[] Value => _hash.Digest();

    public void Append(in StoredRow row)
    {
        _line.Begin();
        Write(row.Offset);
        Write(row.Organization);
        Write(row.Indicator);
        Write(row.Major);
        Write(row.Minor);
        Write(row.Region);
        Write(row.Scope);
        Write(row.Category);
        Write(row.Period);
        Write(row.ValueMantissa);
        Write(row.ValueScale);
        Write(row.NumeratorMantissa);
        Write(row.NumeratorScale);
        Write(row.DenominatorMantissa);
        Write(row.DenominatorScale);
        Write(row.Unit);
        Write(row.Status);
        Write(row.Confidentiality);
        Write(row.Note);
        Write(row.CollectionMethod);
        Write(row.Evidence);
        Write(row.NumeratorUnit);
        Write(row.DenominatorUnit, '\n');
        _hash.Update(_line.Bytes);
    }

    private void Write(long? number)
    {
        if (number is { } known) _line.Write(known, '\t');
        else _line.WriteNothing('\t');
    }

    private void Write(string? text, char end = '\t')
    {
        switch (text)
        {
            case null:
                _line.WriteNothing(end);
                break;
            case "":
                _line.WriteEmpty(end);
                break;
            default:
                _line.Write(text, end);
                break;
        }
    }
}
