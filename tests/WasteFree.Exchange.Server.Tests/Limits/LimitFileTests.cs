using WasteFree.Exchange.Server.Limits;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Limits;

/// <summary>The file of <c>wfx serve --limits</c>.</summary>
public sealed class LimitFileTests
{
    [Fact]
    public void What_is_left_out_is_standard_and_an_organisation_may_have_its_own()
    {
        var limits = Read("""
            { // a comment is allowed
              "default": { "streams": 7 },
              "organizations": { "yaan": { "calls_per_minute": 1, "rows_per_minute": 2, "bytes_per_minute": 3, "query_seconds_per_minute": 0.5, "questions": 4, "questions_per_caller": 5, "stored_rows": 6 } },
            }
            """);
        Assert.Equal(new OrganizationLimits { Streams = 7 }, limits.Default);
        Assert.Equal(
            new OrganizationLimits { CallsPerMinute = 1, RowsPerMinute = 2, BytesPerMinute = 3, QuerySecondsPerMinute = 0.5, Questions = 4, QuestionsPerCaller = 5, StoredRows = 6 }, limits.Organizations["yaan"]);
        Assert.Equal(new HubLimits().Default, Read("{}").Default);
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("null", "line")]
    [InlineData("[]", "line 1")]
    [InlineData("{ \"defaults\": {} }", "line 1")]
    [InlineData("{\n \"default\": { \"stream\": 1 } }", "line 2")]
    [InlineData("{ \"default\": { \"streams\": 1.5 } }", "$.default.streams")]
    [InlineData("{ \"default\": { \"streams\": 1, \"streams\": 2 } }", "line 1")]
    [InlineData("{ \"default\": { \"streams\": 0 } }", "every limit of default must be greater than zero")]
    [InlineData("{ \"organizations\": { \"yaan\": { \"rows_per_minute\": -1 } } }", "every limit of yaan")]
    [InlineData("{ \"default\": { \"questions\": 0 } }", "every limit of default")]
    [InlineData("{ \"default\": { \"questions_per_caller\": 0 } }", "every limit of default")]
    [InlineData("{ \"default\": { \"stored_rows\": 0 } }", "every limit of default")]
    [InlineData("{ \"default\": { \"stored_rows\": null } }", "$.default.stored_rows")]
    [InlineData("{ \"default\": { \"stored_row\": 1 } }", "$.default.stored_row")]
    [InlineData("{ \"organizations\": { \"yaan\": null } }", "every limit of yaan")]
    [InlineData("{ \"organizations\": null }", "$.organizations")]
    [InlineData("{ \"organizations\": [] }", "$.organizations")]
    [InlineData("{ \"organizations\": { \"Yaan\": {} } }", "'Yaan'")]
    [InlineData("{ \"organizations\": { \"yaan\": { \"streams\": null } } }", "$.organizations.yaan.streams")]
    [InlineData("{ \"default\": null }", "$.default")]
    public void A_file_that_holds_no_limits_is_refused_with_the_place(string text, string said)
    {
        var refused = Assert.Throws<ArgumentException>(() => Read(text));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    private static HubLimits Read(string text)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            return HubLimits.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
