namespace WasteFree.Exchange.Disclosures;

/// <summary>
/// Finds what has to be withheld beside the confidential values of an indicator, so that no sums and differences of the
/// others give one of them.
/// <para>
/// Of each confidential value one grain is taken. Were it larger, every value that contains it would be larger by as much
/// and no other one would change; were the grain of another confidential value smaller by as much, not even those would
/// that contain both. What would change is withheld: all that is left is the same whatever the size of the grain.
/// </para>
/// </summary>
internal sealed class Suppression
{
    private readonly Hierarchy _hierarchy;
    private readonly Dictionary<Cell, Grain> _grains = [];

    /// <summary>Under each container of secrets, by what they differ in, two of them in different parts of it.</summary>
    private readonly Dictionary<(int Difference, Cell Container), List<(Cell Part, Cell Secret)>> _parts = [];

    private Suppression(Hierarchy hierarchy, IEnumerable<Cell> secrets, IReadOnlySet<Cell> known, IReadOnlySet<Cell> own)
    {
        _hierarchy = hierarchy;
        // A grain of a secret within another one does for both.
        var within = new Dictionary<Cell, Grain>();
        var grains = secrets.Select(secret => (Secret: secret, Grain: hierarchy.GrainOf(secret, known, own))).ToList();
        var all = grains.Select(entry => entry.Secret).ToHashSet();
        foreach (var (secret, its) in grains.OrderByDescending(entry => SizeOf(entry.Secret)).ThenBy(entry => entry.Secret))
        {
            var grain = _grains[secret] = within.GetValueOrDefault(secret, its);
            foreach (var container in grain.Around().Where(all.Contains)) within.TryAdd(container, grain);
        }
        foreach (var secret in _grains.Keys.OrderBy(SizeOf).ThenBy(secret => secret)) Place(secret);
    }

    /// <param name="hierarchy">Of the indicator.</param>
    /// <param name="secrets">Where there is a confidential value that the caller may not see.</param>
    /// <param name="known">Where there is any value.</param>
    /// <param name="own">Where there is one that the caller sent.</param>
    /// <returns>Of a secret itself only what is withheld on account of another one.</returns>
    internal static HashSet<Cell> Of(Hierarchy hierarchy, IEnumerable<Cell> secrets, IReadOnlySet<Cell> known, IReadOnlySet<Cell> own)
    {
        var suppression = new Suppression(hierarchy, secrets, known, own);
        var withheld = new HashSet<Cell>();
        foreach (var (secret, grain) in suppression._grains)
        {
            if (suppression.PartnerOf(secret) is not { } partner)
            {
                withheld.UnionWith(grain.Around().Where(cell => cell != secret));
                continue;
            }
            var other = suppression._grains[partner];
            withheld.UnionWith(grain.Around().Where(cell => cell != secret && !other.IsIn(cell)));
            withheld.UnionWith(other.Around().Where(cell => cell != partner && !grain.IsIn(cell)));
        }
        return withheld;
    }

    /// <summary>How many containers a cell has: the finer it is, the more.</summary>
    private int SizeOf(Cell cell) => _hierarchy.Containers(cell).Aggregate(1, (size, containers) => size * containers.Length);

    private void Place(Cell secret)
    {
        foreach (var (difference, containers) in _hierarchy.Containers(secret).Index())
        {
            for (var i = 1; i < containers.Length; i++)
            {
                if (!_parts.TryGetValue((difference, containers[i]), out var parts)) parts = _parts[(difference, containers[i])] = [];
                if (parts.Count < 2 && parts.TrueForAll(entry => entry.Part != containers[i - 1])) parts.Add((containers[i - 1], secret));
            }
        }
    }

    /// <summary>
    /// The secret that hides this one: they differ in one thing alone, and lie in different parts of the same whole. The one
    /// that leaves most; null: there is none.
    /// </summary>
    private Cell? PartnerOf(Cell secret)
    {
        Cell? best = null;
        var most = 0;
        foreach (var (difference, containers) in _hierarchy.Containers(secret).Index())
        {
            var found = containers.Skip(1)
                .SelectMany((container, i) => _parts[(difference, container)].Where(entry => entry.Part != containers[i]))
                .Select(entry => entry.Secret)
                .FirstOrDefault(other => !_grains[other].IsIn(secret));
            // A cell has a region: the default is none.
            if (found.Region is null) continue;
            var shared = _grains[secret].CountWith(_grains[found]);
            if (shared <= most) continue;
            (best, most) = (found, shared);
        }
        return best;
    }
}
