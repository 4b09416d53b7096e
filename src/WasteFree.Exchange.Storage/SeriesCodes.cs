namespace WasteFree.Exchange.Storage;

/// <summary>What a series is.</summary>
internal readonly record struct SeriesCodes(string Indicator, string Region, int Scope, string Category, string Organization);
