using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>Competition ranking: equals share a place and the places after them stay empty (1, 2, 2, 4).</summary>
internal static class Ranking
{
    /// <summary>The place of each quantity; empty where no direction is better.</summary>
    internal static IReadOnlyDictionary<Rational, int> Places(IEnumerable<Rational> quantities, Direction direction)
    {
        IEnumerable<Rational> best = direction switch
        {
            Direction.Higher => quantities.OrderDescending(),
            Direction.Lower => quantities.Order(),
            Direction.Neutral => [],
        };
        var places = new Dictionary<Rational, int>();
        foreach (var (index, quantity) in best.Index()) places.TryAdd(quantity, index + 1);
        return places;
    }
}
