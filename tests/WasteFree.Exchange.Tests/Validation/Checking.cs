using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Tests.Catalog;
using WasteFree.Exchange.Validation;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Validation;

/// <summary>Checks one row of Wanzhou's office on a fixed day, against the built-in catalogue and what a test adds to it.</summary>
internal sealed class Checking
{
    private readonly RowValidator _validator;

    private Checking(RowValidator validator) => _validator = validator;

    public static Checking BuiltIn { get; } = With();

    public static Checking With(params CatalogTable[] tables) => At(new DateTimeOffset(2024, 6, 30, 15, 59, 59, TimeSpan.Zero), tables);

    public static Checking At(DateTimeOffset now, params CatalogTable[] tables)
    {
        var load = CatalogLoader.Load(tables, Loading.BuiltIn, allowIllustrative: false);
        Assert.Empty(load.Faults);
        var snapshot = CatalogReader.Read(1, Loading.After(load, Loading.BuiltIn));
        return new Checking(new RowValidator(snapshot, snapshot.FindOrganization("wanzhou")!, Upload.Today(new StoppedClock(now))));
    }

    public (Observation? Observation, List<Finding> Findings) Check(SubmittedRow row, long offset = 0)
    {
        var findings = new List<Finding>();
        var observation = _validator.Validate(offset, row, findings);
        Assert.All(findings, finding =>
        {
            Assert.Equal(offset, finding.Row);
            Assert.Contains(finding.MessageZh, c => c is >= '\u4e00' and <= '\u9fff');
            Assert.EndsWith(".", finding.MessageEn, StringComparison.Ordinal);
            Assert.Matches("^[0-9a-f]{16}$", finding.Fingerprint);
        });
        // The one rule on what is taken: nothing that any finding refuses, and everything else.
        Assert.Equal(observation is null, findings.Exists(finding => finding.Refuses));
        return (observation, findings);
    }

    public Finding OnlyFinding(SubmittedRow row) => Assert.Single(Check(row).Findings);

    public Observation Taken(SubmittedRow row)
    {
        var (observation, findings) = Check(row);
        Assert.Empty(findings);
        return observation!;
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
