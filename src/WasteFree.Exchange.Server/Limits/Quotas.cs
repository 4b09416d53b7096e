using System.Collections.Concurrent;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>The quota of each organisation that calls this hub.</summary>
internal sealed class Quotas(HubLimits limits, TimeProvider time)
{
    /// <summary>Beyond so many the rest share one: a caller that makes up names does not fill the memory.</summary>
    private const int MostKept = 10_000;

    /// <summary>Callers that act for no organisation are one.</summary>
    private const string Nobody = "-";

    private readonly ConcurrentDictionary<string, Quota> _quotas = new(StringComparer.Ordinal);

    public Quota Of(string? organization)
    {
        var name = organization ?? Nobody;
        if (_quotas.TryGetValue(name, out var quota)) return quota;
        if (_quotas.Count >= MostKept && !limits.Organizations.ContainsKey(name)) name = Nobody;
        return _quotas.GetOrAdd(name, static (key, self) => self.Create(key), this);
    }

    private Quota Create(string name) => new(name, limits.Organizations.GetValueOrDefault(name, limits.Default), time);
}
