using System.Text.Json;
using WasteFree.Exchange.Disclosures;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage;

public abstract partial class SqlStore
{
    /// <summary>Of one indicator in one year; more are not looked at one by one.</summary>
    private const long MostConfidential = 20_000;

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
                var counts = await session.ListAsync(sql.Count, new { indicators = JsonSerializer.Serialize(indicators), lo, hi }).ConfigureAwait(false);
                var years = counts.ToLookup(row => (row.Indicator, Year: Disclosure.YearOf(Period.FromNumber(row.Period))));
                var tooMany = years.Where(rows => rows.Sum(row => row.Count) > MostConfidential).Select(rows => rows.Key).ToHashSet();

                var found = new List<ObservationRevision>();
                foreach (var ofOne in years.Where(rows => rows.Key.Year >= firstYear && !tooMany.Contains(rows.Key)).GroupBy(rows => rows.Key.Indicator))
                {
                    var periods = JsonSerializer.Serialize(ofOne.SelectMany(rows => rows).Select(row => row.Period));
                    var keys = await session.ListAsync(sql.Keys, new { indicator = ofOne.Key, periods, lo, hi }).ConfigureAwait(false);
                    foreach (var some in keys.Chunk(FilterReading.KeysPerQuery))
                        found.AddRange((await ReadVisibleAsync(session, some, position).ConfigureAwait(false)).Values);
                }
                return new ConfidentialRows([.. found.Where(row => row.Observation.Confidentiality != Confidentiality.Free)], tooMany);
            },
            cancellationToken);
}
