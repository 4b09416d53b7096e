using System.Text;
using WasteFree.Exchange.Cli.Layout;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests.Layout;

public sealed class TextTableTests
{
    private static readonly string[] Contents =
    [
        "", "", "7", "-8.568365033589 %", "123456789012345678.123456789012", "2024-Q1", "10*4.t", "kg/({person}.d)", "全域", "万州区",
        "organizations/demo-500101/reports/f-04d59e5aa0534acde135f0b986894054", "2513200 / 2650000", "— MISSING", "換算後可比：已换算 (CONVERTED)",
        "雅安市生态环境局危险废物信息公告，合计按公告原文；公告未列处置量合计", "first line\n  second, indented 12.5\n    third 第7项「444吨」",
        "e\u0301e\u0301\u200b zero", "👨‍👩‍👧👍🏽🇨🇳 emoji 5", "１２３．４５ 全角", "\u001B[31mred\u0007\t!", "ＡＢＣ（全角）", "“quoted”，《书名》", "   ", "\n", "……——",
        "a-very-long-word-that-nothing-may-part-" + "0123456789012345678901234567890123456789",
    ];

    [Fact]
    public void Any_table_is_shown_whole_at_any_width()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var columns = Enumerable.Range(0, random.Next(1, 12)).Select(column => new TextColumn(
                random.Next(4) switch { 0 => "排名 Rank", 1 => "剩余天数\nDays left", 2 => "目标，条款，责任部门 Target, clause", _ => "x" },
                Wraps: random.Next(2) == 0, (Spectre.Console.Justify)random.Next(3))).ToArray();
            var table = new TextTable(columns);
            var all = new StringBuilder();
            for (var row = random.Next(5); row > 0; row--)
            {
                string[] cells = [.. columns.Select(_ => Contents[random.Next(Contents.Length)] + (random.Next(3) == 0 ? Contents[random.Next(Contents.Length)] : ""))];
                table.Add(cells);
                all.AppendJoin('\n', cells).Append('\n');
            }
            for (var width = 1; width <= 200; width += width < 40 ? 1 : random.Next(1, 12))
            {
                string[] lines = [.. table.Lines(width)];
                Shown.AssertFits(lines, width);
                Shown.AssertWhole(Cells.Printable(all.ToString()), string.Join('\n', lines), $"seed {seed}, width {width}");
            }
        }
    }

    [Fact]
    public void Each_row_is_there_in_its_order_as_a_table_and_as_blocks()
    {
        var table = new TextTable(TextColumn.Number("值 Value"), TextColumn.Prose("名 Name"));
        for (var row = 10; row < 60; row++) table.Add($"1234567890123456{row}.123456789012", "成渝地区双城经济圈");
        for (var width = 1; width <= 200; width++)
        {
            var values = table.Lines(width).SelectMany(Piece.Of).Select(piece => piece.Text).Where(text => text.Contains('.', StringComparison.Ordinal));
            Assert.Equal(Enumerable.Range(10, 50).Select(row => $"1234567890123456{row}.123456789012"), values);
        }
    }

    [Theory]
    [InlineData(60, """
        ╭────────┬────────────┬─────────────┬────────────────────╮
        │ 地区   │ 数值 Value │ 目标 Target │ 结论 Verdict       │
        ├────────┼────────────┼─────────────┼────────────────────┤
        │ 雅安市 │      26.38 │             │ 换算后可比：已换算 │
        │ 全市   │        7.5 │             │ 可比               │
        ╰────────┴────────────┴─────────────┴────────────────────╯
        """)]
    [InlineData(46, """
        ╭────────┬───────────┬───────────┬───────────╮
        │ 地区   │      数值 │ 目标      │ 结论      │
        │        │     Value │ Target    │ Verdict   │
        ├────────┼───────────┼───────────┼───────────┤
        │ 雅安市 │     26.38 │           │ 换算后可  │
        │        │           │           │ 比：已换  │
        │        │           │           │ 算        │
        │ 全市   │       7.5 │           │ 可比      │
        ╰────────┴───────────┴───────────┴───────────╯
        """)]
    [InlineData(30, """
        ╭────────┬────────┬──────────╮
        │ 地区   │   数值 │ 结论     │
        │        │  Value │ Verdict  │
        ├────────┼────────┼──────────┤
        │ 雅安市 │  26.38 │ 换算后可 │
        │        │        │ 比：已换 │
        │        │        │ 算       │
        │ 全市   │    7.5 │ 可比     │
        ╰────────┴────────┴──────────╯
        """)]
    [InlineData(24, """
        地区      数值  结论
                 Value  Verdict
        ──────  ──────  ────────
        雅安市   26.38  换算后可
                        比：已换
                        算
        全市       7.5  可比
        """)]
    [InlineData(20, """
        地区: 雅安市
        数值 Value: 26.38
        结论 Verdict: 换算后
          可比：已换算

        地区: 全市
        数值 Value: 7.5
        结论 Verdict: 可比
        """)]
    public void A_narrower_screen_makes_text_narrower_then_takes_empty_columns_then_the_rules_then_the_table(int width, string shown)
    {
        var table = new TextTable(TextColumn.Prose("地区"), TextColumn.Number("数值 Value"), TextColumn.Prose("目标 Target"), TextColumn.Prose("结论 Verdict"));
        table.Add("雅安市", "26.38", "", "换算后可比：已换算");
        table.Add("全市", "7.5", "", "可比");
        Assert.Equal(shown.ReplaceLineEndings("\n"), string.Join('\n', table.Lines(width)));
    }

    [Fact]
    public void Without_rows_there_is_a_header_or_nothing()
    {
        var table = new TextTable(TextColumn.Prose("地区 Region"), TextColumn.Number("数值 Value"));
        Assert.Equal(4, table.Lines(80).Count());
        Assert.Empty(table.Lines(5));
    }
}
