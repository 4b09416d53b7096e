namespace WasteFree.Exchange.Ingest;

/// <summary>One row as its sender wrote it: nothing parsed, nothing filled in. An absent field is an empty one.</summary>
public readonly record struct SubmittedRow
{
    public required string Region { get; init; }
    public required string Indicator { get; init; }
    public required string Version { get; init; }
    public required string Scope { get; init; }
    public required string Category { get; init; }
    public required string Period { get; init; }
    public required string Value { get; init; }
    public required string Numerator { get; init; }
    public required string Denominator { get; init; }
    public required string Unit { get; init; }
    public required IReadOnlyList<string> Status { get; init; }
    public required string Confidentiality { get; init; }
    public required string Note { get; init; }
    public required string CollectionMethod { get; init; }
    public required string Evidence { get; init; }
    public required string NumeratorUnit { get; init; }
    public required string DenominatorUnit { get; init; }
}
