using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Digests;

/// <summary>A row as it stands in the columns of the database, with what the numbers there stand for.</summary>
public readonly record struct StoredRow
{
    /// <summary>Its place in its report, withdrawal or load.</summary>
    public required long Offset { get; init; }

    public required string? Organization { get; init; }
    public required string? Indicator { get; init; }
    public required long? Major { get; init; }
    public required long Minor { get; init; }
    public required string? Region { get; init; }
    public required long? Scope { get; init; }
    public required string? Category { get; init; }

    /// <summary>First day and frequency: see <see cref="Values.Period.Number"/>.</summary>
    public required long? Period { get; init; }

    public required long? ValueMantissa { get; init; }
    public required long? ValueScale { get; init; }
    public required long? NumeratorMantissa { get; init; }
    public required long? NumeratorScale { get; init; }
    public required long? DenominatorMantissa { get; init; }
    public required long? DenominatorScale { get; init; }
    public required string? Unit { get; init; }
    public required long Status { get; init; }
    public required long Confidentiality { get; init; }
    public required string? Note { get; init; }
    public required string? CollectionMethod { get; init; }
    public required string? Evidence { get; init; }
    public required string? NumeratorUnit { get; init; }
    public required string? DenominatorUnit { get; init; }

    /// <summary>The columns that a good row of an upload goes into.</summary>
    public static StoredRow Of(string organization, long offset, Observation row)
    {
        if (!DefinitionVersion.TryParse(row.Version, out var version)) throw new ArgumentException($"No version '{row.Version}'.", nameof(row));
        return new StoredRow
        {
            Offset = offset,
            Organization = organization,
            Indicator = row.Indicator,
            Major = version.Major,
            Minor = version.Minor,
            Region = row.Region,
            Scope = (long)row.Scope,
            Category = row.Category,
            Period = row.Period.Number,
            ValueMantissa = row.Value?.Mantissa,
            ValueScale = row.Value?.Scale,
            NumeratorMantissa = row.Numerator?.Mantissa,
            NumeratorScale = row.Numerator?.Scale,
            DenominatorMantissa = row.Denominator?.Mantissa,
            DenominatorScale = row.Denominator?.Scale,
            Unit = row.Unit,
            Status = row.Status.Bits,
            Confidentiality = (long)row.Confidentiality,
            Note = row.Note,
            CollectionMethod = row.CollectionMethod,
            Evidence = row.Evidence,
            NumeratorUnit = row.NumeratorUnit,
            DenominatorUnit = row.DenominatorUnit,
        };
    }
}
