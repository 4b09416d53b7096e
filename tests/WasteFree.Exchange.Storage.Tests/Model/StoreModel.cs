using System.Collections.Immutable;
using System.Globalization;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage.Tests.Model;

/// <summary>What finds a value: everything of a row that is not its content.</summary>
internal readonly record struct ModelKey(string Organization, string Indicator, string Region, Scope Scope, string Category, Period Period, string Major)
{
    public static ModelKey Of(string organization, Observation row) =>
        new(organization, row.Indicator, row.Region, row.Scope, row.Category, row.Period, row.Version.Split('.')[0]);
}

/// <summary>A visible value: who sent it with which report, from which position on, and who repeated it last.</summary>
internal sealed record ModelValue(Observation Observation, string Organization, string Report, long Position, Affirmation? Affirmed)
{
    /// <summary>Where its report was retracted; null: it was not.</summary>
    public long? Retracted { get; init; }

    /// <summary>The same quantity in another spelling: what the rows of the tests vary is the value alone.</summary>
    public bool Respells(ModelValue? before) =>
        before is { Retracted: null } && before.Observation.Value is { } was && Observation.Value is { } now && was != now
        && decimal.Parse(was.ToString(), CultureInfo.InvariantCulture) == decimal.Parse(now.ToString(), CultureInfo.InvariantCulture);
}

/// <summary>
/// The store as one would write it without a database: a map from key to value, a copy of it for every position.
/// </summary>
internal sealed class StoreModel
{
    private readonly List<ImmutableDictionary<ModelKey, ModelValue>> _at = [ImmutableDictionary<ModelKey, ModelValue>.Empty];
    private readonly Dictionary<ModelKey, (string Organization, string Report)> _assertedBy = [];
    private readonly Dictionary<long, string> _withdrawnAt = [];
    private readonly Dictionary<(string Organization, string Report), long> _retractedAt = [];
    private readonly Dictionary<(string Organization, string Report), long> _values = [];

    public long Head => _at.Count - 1;

    /// <summary>Every key that ever had a value.</summary>
    public IReadOnlyCollection<ModelKey> Keys => _assertedBy.Keys;

    public void LoadCatalog() => _at.Add(_at[^1]);

    /// <summary>Null stands for a row that validation refused.</summary>
    /// <returns>The counts, and whether the report is taken.</returns>
    public (RowCounts Counts, bool Taken) Commit(string organization, string report, RowPolicy policy, IReadOnlyList<Observation?> rows)
    {
        var groups = rows.OfType<Observation>().GroupBy(row => ModelKey.Of(organization, row)).ToList();
        var contradictory = groups.Where(group => group.Any(row => row != group.First())).ToList();
        var good = groups.Except(contradictory).ToList();
        var bad = rows.LongCount(row => row is null);
        var refused = contradictory.Sum(group => (long)group.Count());
        var repeated = good.Sum(group => group.LongCount() - 1);
        var counts = new RowCounts
        {
            Submitted = rows.Count,
            Rejected = bad + refused,
            Duplicate = repeated,
            Findings = bad + refused + repeated,
        };
        if (counts.Rejected > 0 && (policy == RowPolicy.RejectReport || counts.Rejected == rows.Count)) return (counts, false);

        var now = _at[^1].ToBuilder();
        foreach (var (key, row) in good.Select(group => (group.Key, group.First())))
        {
            if (now.TryGetValue(key, out var before) && before.Observation == row && !_retractedAt.ContainsKey((before.Organization, before.Report)))
            {
                counts = counts with { Unchanged = counts.Unchanged + 1 };
                now[key] = before with { Affirmed = new Affirmation(report, _at.Count) };
            }
            else
            {
                counts = _assertedBy.ContainsKey(key)
                    ? counts with { Revised = counts.Revised + 1 }
                    : counts with { Created = counts.Created + 1 };
                now[key] = new ModelValue(row, organization, report, _at.Count, null);
            }
            _assertedBy[key] = (organization, report);
        }
        _at.Add(now.ToImmutable());
        _values[(organization, report)] = counts.Created + counts.Revised;
        return (counts, true);
    }

    /// <returns>How many values are gone.</returns>
    public long Withdraw(string organization, string report)
    {
        var gone = _assertedBy.Where(asserted => asserted.Value == (organization, report)).Select(asserted => asserted.Key).ToList();
        foreach (var key in gone) _assertedBy[key] = ("", "");
        _withdrawnAt[_at.Count] = report;
        _at.Add(_at[^1].RemoveRange(gone));
        return gone.Count;
    }

    /// <summary>What is still there is withdrawn before; the values are withheld at every position, also where they were told.</summary>
    /// <returns>How many values are withheld.</returns>
    public long Retract(string organization, string report)
    {
        if (!_withdrawnAt.ContainsValue(report)) Withdraw(organization, report);
        _at.Add(_at[^1]);
        _retractedAt[(organization, report)] = Head;
        return _values[(organization, report)];
    }

    public IReadOnlyList<ModelValue> Read(ObservationFilter filter, Visibility visibility, long position) =>
        [.. _at[(int)position].Values.Select(Marked).Where(value => Fits(filter, value) && visibility.Reads(value.Organization, value.Observation.Indicator, value.Observation.Region))];

    /// <summary>The value of a key at a position; null: none.</summary>
    public ModelValue? Find(ModelKey key, long position) => _at[(int)position].GetValueOrDefault(key) is { } value ? Marked(value) : null;

    /// <summary>What happened to a key up to a position: the value set, or null and the report that was withdrawn.</summary>
    public IReadOnlyList<(long Position, ModelValue? Value, string Report)> History(ModelKey key, long position)
    {
        return
        [
            .. from at in Enumerable.Range(1, (int)position)
               let value = Find(key, at)
               where value?.Position != Find(key, at - 1)?.Position
               select ((long)at, value is null ? null : Last(value), value?.Report ?? _withdrawnAt[at]),
        ];

        // Who repeated it comes later than the value.
        ModelValue Last(ModelValue value) =>
            Enumerable.Range(1, (int)position).Select(at => Find(key, at)).Last(found => found?.Position == value.Position)!;
    }

    /// <summary>The keys that two readings show differently, with both.</summary>
    public IReadOnlyList<(ModelValue? Before, ModelValue? After)> Differences(ObservationFilter filter, Visibility visibility, long since, long position)
    {
        var (before, after) = (ByKey(since), ByKey(position));
        return
        [
            .. from key in before.Keys.Union(after.Keys)
               let was = before.GetValueOrDefault(key)
               let became = after.GetValueOrDefault(key)
               where was?.Observation != became?.Observation
                   || ((was?.Retracted ?? became?.Retracted) is not null && was?.Position != became?.Position)
               select (was, became),
        ];

        Dictionary<ModelKey, ModelValue> ByKey(long at) =>
            Read(filter, visibility, at).ToDictionary(value => ModelKey.Of(value.Organization, value.Observation));
    }

    private ModelValue Marked(ModelValue value) => _retractedAt.TryGetValue((value.Organization, value.Report), out var at) ? value with { Retracted = at } : value;

    public Period? LatestPeriod(ObservationFilter filter, Visibility visibility, long position)
    {
        var periods = Read(filter, visibility, position).Select(value => value.Observation.Period).ToList();
        return periods.Count == 0 ? null : periods.MaxBy(period => (period.End, period.End.DayNumber - period.Start.DayNumber));
    }

    private static bool Fits(ObservationFilter filter, ModelValue value)
    {
        var row = value.Observation;
        return Any(filter.Indicators, row.Indicator) && Any(filter.Regions, row.Region) && Any(filter.Scopes, row.Scope)
            && Any(filter.Categories, row.Category) && Any(filter.Periods, row.Period)
            && (filter.From is not { } from || row.Period.Start >= from) && (filter.To is not { } to || row.Period.End <= to)
            && (filter.Organizations is not { } organizations || organizations.Contains(value.Organization))
            && !filter.ExcludedOrganizations.Contains(value.Organization);
    }

    private static bool Any<T>(IReadOnlyList<T> wanted, T value) => wanted.Count == 0 || wanted.Contains(value);
}
