namespace WasteFree.Exchange.Catalog;

/// <summary>Checks that a region's end and its successors' beginning fit together.</summary>
internal static class Succession
{
    /// <summary>What is wrong with the succession of a loaded region: its column, what stands there, the words.</summary>
    /// <param name="region">The loaded one.</param>
    /// <param name="all">The catalogue as it would be, by code.</param>
    /// <param name="predecessors">Regions of the catalogue, not of the load, that name it as a successor.</param>
    internal static IEnumerable<(string Column, string Observed, FaultText Text)> FaultsOf(
        Region region, IReadOnlyDictionary<string, Region> all, IEnumerable<Region> predecessors)
    {
        if (LeadsBack(region.Code, all)) yield return ("successors", string.Join(' ', region.Successors), FaultText.SuccessorCycle);
        else
        {
            foreach (var successor in region.Successors.Select(all.GetValueOrDefault).OfType<Region>().Where(successor => Misses(region, successor)))
                yield return ("successors", successor.Code, FaultText.NoSuccessorThen(region, successor));
        }
        foreach (var ended in predecessors.Where(ended => Misses(ended, region)))
            yield return (ended.ValidTo < region.ValidFrom ? "valid_from" : "valid_to", ended.Code, FaultText.NoSuccessorThen(ended, region));
    }

    private static bool Misses(Region ended, Region successor) => ended.ValidTo is { } day && !successor.InForce(day);

    private static bool LeadsBack(string code, IReadOnlyDictionary<string, Region> all)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(all[code].Successors);
        while (open.TryPop(out var at))
        {
            if (at == code) return true;
            if (!seen.Add(at) || !all.TryGetValue(at, out var region)) continue;
            foreach (var next in region.Successors) open.Push(next);
        }
        return false;
    }
}
