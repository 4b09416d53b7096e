namespace WasteFree.Exchange.Contracts.Tests.Lint;

public sealed class LintTests
{
    [Fact]
    public async Task The_contracts_follow_the_standard_rules_and_every_element_has_a_comment() =>
        Assert.Equal("", await Buf.LintAsync(Repository.PathOf("protos"), TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("  // Resource name.\n", "", "comment")]
    [InlineData("rpc GetReport(GetReportRequest)", "rpc GetReport(ListReportsRequest)", "GetReportRequest")]
    [InlineData("  ROW_POLICY_QUARANTINE = 2;", "  QUARANTINE = 2;", "ROW_POLICY_")]
    public async Task The_linter_sees_a_broken_contract(string part, string replacement, string finding)
    {
        var folder = Directory.CreateTempSubdirectory("wastefree-lint-");
        try
        {
            foreach (var file in Repository.Files(["protos"], ".proto", "buf.yaml"))
            {
                var copy = Path.Combine(folder.FullName, Path.GetRelativePath("protos", file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.WriteAllText(copy, Repository.ReadText(file).Replace(part, replacement));
            }

            Assert.Contains(finding, await Buf.LintAsync(folder.FullName, TestContext.Current.CancellationToken));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
