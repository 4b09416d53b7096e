namespace WasteFree.Exchange.Catalog;

/// <summary>Finds what was probably meant, for answers to an unknown code or name.</summary>
public sealed class NearestNames(IEnumerable<NamedCode> names)
{
    /// <summary>More than half of it different is another word, not a slip.</summary>
    private const double MaxDistance = 0.5;

    /// <summary>A name without its last character, which says the kind of place, is nearly the name, but not the name.</summary>
    private const double Shortened = 0.01;

    private const string KindsOfPlace = "省市区县州";

    private readonly List<Candidate> _candidates = [.. names.Select(Candidate.Of)];

    /// <summary>
    /// At most <paramref name="count"/> answers such as <c>ZW21-19 秸秆综合利用率</c>, the nearest first; where a code or name is
    /// the same but for its spelling, or was its own earlier, nothing else.
    /// </summary>
    public IReadOnlyList<string> Find(string text, int count)
    {
        var wanted = NameFold.Of(text);
        if (wanted.Length == 0) return [];
        var near = _candidates
            .Select(candidate => (Candidate: candidate, Distance: candidate.DistanceTo(wanted)))
            .Where(found => found.Distance <= MaxDistance)
            .OrderBy(found => found.Distance)
            .ThenBy(found => found.Candidate.Name.Code, StringComparer.Ordinal)
            .ToList();
        return [.. near.TakeWhile(found => near[0].Distance > 0 || found.Distance == 0).Take(count).Select(found => found.Candidate.Answer(wanted))];
    }

    /// <summary>0 for equal, 1 for nothing in common; a part of a name is near to the name.</summary>
    private static double Distance(string wanted, string name)
    {
        if (name.Length == 0) return 1;
        double longer = Math.Max(wanted.Length, name.Length);
        var shorter = Math.Min(wanted.Length, name.Length);
        if (shorter > 1 && (name.Contains(wanted, StringComparison.Ordinal) || wanted.Contains(name, StringComparison.Ordinal)))
            return MaxDistance * (longer - shorter) / longer;
        // The lengths alone are a lower bound of the edits.
        return longer - shorter > MaxDistance * longer ? 1 : Edits(wanted, name) / longer;
    }

    /// <summary>Optimal string alignment: insert, delete, replace, swap neighbours, each costs 1.</summary>
    private static int Edits(string a, string b)
    {
        Span<int> beforeLast = stackalloc int[b.Length + 1];
        Span<int> last = stackalloc int[b.Length + 1];
        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;

        for (var i = 1; i <= a.Length; i++)
        {
            var free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(replace, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }
        }
        return row[b.Length];
    }

    /// <summary>A code, its names as they are compared, and each once more without the kind of place at its end.</summary>
    private sealed record Candidate(NamedCode Name, string[] Texts, string[] Stems)
    {
        public static Candidate Of(NamedCode name)
        {
            string[] texts = [.. ((IEnumerable<string>)[name.Code, name.NameZh, name.NameEn, .. name.Former]).Select(NameFold.Of)];
            return new Candidate(name, texts, [.. texts.Where(text => text.Length > 2 && KindsOfPlace.Contains(text[^1])).Select(text => text[..^1])]);
        }

        public double DistanceTo(string wanted)
        {
            var least = 1d;
            foreach (var text in Texts) least = Math.Min(least, Distance(wanted, text));
            foreach (var stem in Stems) least = Math.Min(least, Distance(wanted, stem) + Shortened);
            return least;
        }

        public string Answer(string wanted)
        {
            var former = Name.Former.FirstOrDefault(earlier => NameFold.Of(earlier) == wanted);
            return $"{Name.Code} {Name.NameZh}{(former is null ? "" : $"（原 {former}）")}";
        }
    }
}
