using System.Text.Json;
using WasteFree.Exchange.Disclosures;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Validation;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage;

public abstract partial class SqlStore
{
    /// <summary>Of one indicator in one year; more are not looked at one by one.</summary>
    private const long MostConfidential = 20_000;

    /// <summary>Of one report; beyond them a sender knows by now.</summary>
    private const int MostWarnings = 5_000;

    public Task<ConfidentialRows> ReadConfidentialAsync(
        IReadOnlyCollection<string> indicators, int firstYear, int lastYear, long position, CancellationToken cancellationToken) =>
        ReadAtAsync(
            position,
            async session =>
            {
                var sql = session.Sql.Confidential;
                // A week that ends in the first year begins in the one before.
                var lo = FilterParameters.FirstNumber(new DateOnly(firstYear, 1, 1).AddDays(-6)) << Keys.SeriesBits;
                var hi = (FilterParameters.FirstNumber(new DateOnly(lastYear, 12, 31).AddDays(1)) << Keys.SeriesBits) - 1;
                var asked = new { indicators = JsonSerializer.Serialize(indicators), lo, hi, position };
                var counts = await session.ListAsync(sql.Count, asked).ConfigureAwait(false);
                counts.AddRange(await session.ListAsync(sql.CountRetracted, asked).ConfigureAwait(false));
                var years = counts.ToLookup(row => (row.Indicator, Year: Disclosure.YearOf(Period.FromNumber(row.Period))));
                var tooMany = years.Where(rows => rows.Sum(row => row.Count) > MostConfidential).Select(rows => rows.Key).ToHashSet();

                var found = new List<ObservationRevision>();
                var replaced = new List<ReplacedSecret>();
                foreach (var ofOne in years.Where(rows => rows.Key.Year >= firstYear && rows.Key.Year <= lastYear && !tooMany.Contains(rows.Key)).GroupBy(rows => rows.Key.Indicator))
                {
                    var periods = JsonSerializer.Serialize(ofOne.SelectMany(rows => rows).Select(row => row.Period));
                    var keys = await session.ListAsync(sql.Keys, new { indicator = ofOne.Key, periods, lo, hi }).ConfigureAwait(false);
                    foreach (var some in keys.Chunk(FilterReading.KeysPerQuery))
                        found.AddRange((await ReadVisibleAsync(session, some, position).ConfigureAwait(false)).Values.Where(row => row.Observation.Confidentiality != Confidentiality.Free));
                    var retracted = await session.ListAsync(sql.Retracted, new { indicator = ofOne.Key, periods, lo, hi, position }).ConfigureAwait(false);
                    foreach (var (row, revision) in retracted.Zip(await _dictionaries.ResolveAsync(session, retracted).ConfigureAwait(false)))
                    {
                        if (row.InsteadPosition is { } instead) replaced.Add(new ReplacedSecret(revision, instead));
                        else found.Add(revision);
                    }
                }
                return new ConfidentialRows(found, replaced, tooMany);
            },
            cancellationToken);

    /// <summary>Free rows of an upload that would give away a confidential one of it; mostly there is none of these.</summary>
    private static async Task WarnOfGivingAwayAsync(WriteSession session, FindingTaker taker, CommitUpload request)
    {
        if (request.Catalog is not { } catalog) return;
        var sql = session.Sql.Confidential;
        var (lo, hi) = (Keys.FirstRevision(request.Changeset), Keys.LastRevision(request.Changeset));
        var secrets = await session.ListAsync(sql.OfUpload, new { lo, hi, first = 0L, last = long.MaxValue, limit = MostWarnings }).ConfigureAwait(false);
        if (secrets.Count == 0) return;

        var ids = JsonSerializer.Serialize(secrets.Select(row => Keys.Series(row.Key)).Distinct());
        var series = (await session.ListAsync(session.Sql.Dictionaries.SelectSeries, new { ids }).ConfigureAwait(false)).ToDictionary(row => row.Id);
        var givenAway = Disclosure.GivenAwayBy(catalog, secrets.Select(row => KeyOf(row.Key, series[Keys.Series(row.Key)])));
        var around = (await session.ListAsync(sql.SeriesOfRegions, new
        {
            indicators = JsonSerializer.Serialize(givenAway.Select(cell => cell.Indicator).Distinct()),
            regions = JsonSerializer.Serialize(givenAway.Select(cell => cell.Region).Distinct()),
            organization = request.Report.Organization,
        }).ConfigureAwait(false)).ToLookup(row => (row.Indicator, row.Region, row.Category, (Scope)row.Scope));
        var keys = givenAway.SelectMany(cell => around[(cell.Indicator, cell.Region, cell.Category, cell.Scope)].Select(row => Keys.Observation(cell.Period, row.Id))).ToList();
        if (keys.Count == 0) return;

        var free = await session.ListAsync(sql.FreeOfUpload, new { lo, hi, keys = JsonSerializer.Serialize(keys), limit = MostWarnings }).ConfigureAwait(false);
        var known = around.SelectMany(rows => rows).ToDictionary(row => row.Id);
        FindingRow[] findings =
        [
            .. free.Select(row => (row.Id, Row: KeyOf(row.Key, known[Keys.Series(row.Key)]))).Select(row => FindingRow.AtCommit(
                request.Changeset,
                GivingAway.Of(Keys.Offset(row.Id), string.Join('|', request.Report.Organization, row.Row.Indicator, row.Row.Region, row.Row.Scope.Code(), row.Row.Category, row.Row.Period)))),
        ];
        await taker.TakeAsync(findings).ConfigureAwait(false);
    }

    /// <summary>A row's key alone.</summary>
    private static Observation KeyOf(long key, SeriesRow series) => new()
    {
        Indicator = series.Indicator,
        Region = series.Region,
        Category = series.Category,
        Scope = (Scope)series.Scope,
        Period = Keys.Period(key),
        Version = "",
        Unit = "",
    };
}
