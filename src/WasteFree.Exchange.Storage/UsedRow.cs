using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage;

/// <summary>A definition version that rows of an upload use.</summary>
internal sealed class UsedRow
{
    public string Indicator { get; init; } = "";
    public long Major { get; init; }
    public long Minor { get; init; }
    public long Period { get; init; }

    public UsedDefinition ToUsed() => new(Indicator, $"{Major}.{Minor}", Values.Period.FromNumber(Period));
}
