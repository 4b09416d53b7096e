namespace WasteFree.Exchange.Storage;

/// <summary>An indicator and a region that rows of an upload report on.</summary>
internal sealed class PlaceRow
{
    public string Indicator { get; init; } = "";
    public string Region { get; init; } = "";
}
