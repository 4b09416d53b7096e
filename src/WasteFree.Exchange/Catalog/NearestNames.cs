namespace WasteFree.Exchange.Catalog;

/// <summary>A code and the names it goes by.</summary>
internal readonly record struct NamedCode(string Code, string NameZh, string NameEn);

/// <summary>Finds what was probably meant, for answers to an unknown code.</summary>
internal static class NearestNames
{
    /// <summary>More than half of it different is another word, not a slip.</summary>
    private const double MaxDistance = 0.5;

    /// <summary>No code or name in use is longer; a longer text would only cost time.</summary>
    private const int MaxLength = 64;

    /// <summary>At most <paramref name="count"/> answers such as <c>ZW21-19 秸秆综合利用率</c>, the nearest first.</summary>
    public static IReadOnlyList<string> Find(string text, IEnumerable<NamedCode> names, int count)
    {
        var wanted = Fold(text);
        if (wanted.Length == 0) return [];
        return
        [
            .. names
                .Select(name => (Name: name, Distance: Distance(wanted, name)))
                .Where(candidate => candidate.Distance <= MaxDistance)
                .OrderBy(candidate => candidate.Distance)
                .ThenBy(candidate => candidate.Name.Code, StringComparer.Ordinal)
                .Take(count)
                .Select(candidate => $"{candidate.Name.Code} {candidate.Name.NameZh}"),
        ];
    }

    private static double Distance(string wanted, NamedCode name) =>
        Math.Min(Distance(wanted, Fold(name.Code)), Math.Min(Distance(wanted, Fold(name.NameZh)), Distance(wanted, Fold(name.NameEn))));

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

    private static string Fold(string text)
    {
        var trimmed = text.Trim();
        return (trimmed.Length <= MaxLength ? trimmed : trimmed[..MaxLength]).ToLowerInvariant();
    }
}
