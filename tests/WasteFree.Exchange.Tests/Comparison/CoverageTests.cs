using WasteFree.Exchange.Comparison;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

public sealed class CoverageTests
{
    [Fact]
    public void G08_what_cannot_exist_is_not_expected_and_what_is_said_to_be_missing_is_complete()
    {
        var coverage = new Coverage(Expected: 48, Valued: 36, Missing: 4, CannotExist: 2, NotShared: 0);
        Assert.Equal(8, coverage.Absent);
        Assert.Equal("78.260869565217", coverage.DataCoverage?.ToDecimalText());
        Assert.Equal("82.608695652174", coverage.Completeness?.ToDecimalText());
    }

    [Fact]
    public void Where_nothing_can_exist_there_is_no_coverage()
    {
        var coverage = new Coverage(Expected: 2, Valued: 0, Missing: 2, CannotExist: 2, NotShared: 0);
        Assert.Null(coverage.DataCoverage);
        Assert.Null(coverage.Completeness);
    }

    [Fact]
    public void A_table_counts_its_cells()
    {
        var table = Scene.Of().Place("A").Place("B").Place("C").Place("D")
            .Report("A", "0").Report("B", null, "M").Report("C", null, "O").Compare("A B C D");
        Assert.Equal(new Coverage(4, 1, 2, 1, NotShared: 0), table.Coverage);
    }
}
