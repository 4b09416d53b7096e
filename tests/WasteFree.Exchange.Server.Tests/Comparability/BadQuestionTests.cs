using WasteFree.Exchange.Server.Tests.Paging;
using WasteFree.Exchange.Tests.Shared;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>A question that cannot be answered is refused with what was wrong and what to ask instead.</summary>
public sealed class BadQuestionTests(AskedHub asked) : IClassFixture<AskedHub>
{
    [Theory]
    [InlineData("T-RAET", "A", ErrorReason.IndicatorUnknown, "indicators[0]", "T-RATE")]
    [InlineData("示例综合利用", "A", ErrorReason.IndicatorUnknown, "indicators[0]", "T-RATE")]
    [InlineData("T-RATE", "示例甲", ErrorReason.RegionUnknown, "regions[0]", "A")]
    [InlineData("T-RATE", "Sample Citty A", ErrorReason.RegionUnknown, "regions[0]", "A")]
    [InlineData("T-RATE", "500l01", ErrorReason.RegionUnknown, "regions[0]", "500101")]
    public async Task An_unknown_name_is_answered_with_the_nearest(string indicator, string region, ErrorReason reason, string field, string nearest)
    {
        var request = new CompareMetricsRequest { Indicators = { indicator }, Regions = { region }, Periods = { "2023" } };

        var refused = await RefusedAsync(request);

        Assert.Equal((reason, field), (refused.Reason, refused.Field));
        Assert.Contains(nearest, refused.MessageEn, StringComparison.Ordinal);
        Assert.Contains(nearest, refused.MessageZh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("示例综合利用率", "示例甲市")]
    [InlineData("Sample rate of use", "Sample City A")]
    [InlineData("T-RATE", "示例甲市")]
    public async Task A_full_name_is_as_good_as_its_code(string indicator, string region)
    {
        var table = await asked.Hub.TableAsync(new CompareMetricsRequest { Indicators = { indicator }, Regions = { region }, Periods = { "2023" } });

        Assert.Equal(("T-RATE", "A"), (table.Indicator.Code, table.Cells.Single().Region));
    }

    [Fact]
    public async Task A_name_of_several_is_answered_with_all_of_them()
    {
        var region = await RefusedAsync(new CompareMetricsRequest { Indicators = { "T-RATE" }, Regions = { "示例同名市" }, Periods = { "2023" } });
        var indicator = await RefusedAsync(new CompareMetricsRequest { Indicators = { "示例同名指标" }, Regions = { "A" }, Periods = { "2023" } });

        foreach (var (refused, codes) in new[] { (region, new[] { "SAME-1", "SAME-2" }), (indicator, ["T-SAME-1", "T-SAME-2"]) })
        {
            Assert.Equal(ErrorReason.NameAmbiguous, refused.Reason);
            Assert.All(codes, code => Assert.Contains(code, refused.MessageEn, StringComparison.Ordinal));
            Assert.All(codes, code => Assert.Contains(code, refused.MessageZh, StringComparison.Ordinal));
        }
        Assert.Equal(("regions[0]", "indicators[0]"), (region.Field, indicator.Field));
    }

    [Fact]
    public async Task Frequencies_are_not_mixed_in_one_comparison()
    {
        foreach (var periods in new[] { new[] { "2023", "2023-Q1" }, ["2023-01", "2023-W01"] })
        {
            var refused = await RefusedAsync(new CompareMetricsRequest { Indicators = { "T-RATE" }, Regions = { "A" }, Periods = { periods } });
            Assert.Equal(ErrorReason.FrequenciesMixed, refused.Reason);
        }
    }

    [Fact]
    public async Task Too_large_a_question_names_the_limit_and_how_to_split_it()
    {
        var request = new CompareMetricsRequest { Indicators = { "T-RATE" }, Scheme = "REPORTING-UNITS" };
        request.Periods.AddRange(Enumerable.Range(0, 400).Select(day => $"{new DateOnly(2022, 1, 1).AddDays(day):yyyy-MM-dd}"));

        var refused = await RefusedAsync(request);

        Assert.Equal(ErrorReason.QueryTooLarge, refused.Reason);
        Assert.Matches("20[,. ]?000", refused.MessageEn);
        Assert.Contains("split", refused.MessageEn, StringComparison.OrdinalIgnoreCase);
        // One more than 20,000 cells is too many, as many are not.
        while (request.Periods.Count > 1) request.Periods.RemoveAt(0);
        var most = 20_000 / (int)(await asked.Hub.TableAsync(request)).Expected;
        request.Periods.AddRange(Enumerable.Range(1, most).Select(day => $"{new DateOnly(2023, 6, 1).AddDays(day):yyyy-MM-dd}"));
        Assert.Equal(ErrorReason.QueryTooLarge, (await RefusedAsync(request)).Reason);
        request.Periods.RemoveAt(0);
        Assert.Equal(most, EveryPage.Tables(await EveryPage.OfAsync(asked.Hub.Hub.Metrics.CompareMetricsAsync, request)).Count);
    }

    [Theory]
    [InlineData("9.0", ErrorReason.DefinitionUnknown)]
    [InlineData("1.7", ErrorReason.DefinitionUnknown)]
    [InlineData("second", ErrorReason.FieldInvalid)]
    [InlineData("2", ErrorReason.FieldInvalid)]
    public async Task A_definition_that_does_not_exist_is_answered_with_those_that_do(string version, ErrorReason reason)
    {
        var refused = await RefusedAsync("T-BREAK", request => request.Version = version);

        Assert.Equal((reason, "version"), (refused.Reason, refused.Field));
        if (reason == ErrorReason.DefinitionUnknown) Assert.All(["1.0", "2.0"], known => Assert.Contains(known, refused.MessageEn, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tonnes")]
    [InlineData("t/")]
    [InlineData("10*4,t")]
    public async Task A_malformed_unit_is_named(string unit)
    {
        var refused = await RefusedAsync("T-AMOUNT", request => request.Unit = unit);

        Assert.Equal((ErrorReason.FieldInvalid, "unit"), (refused.Reason, refused.Field));
    }

    [Theory]
    [InlineData("2024-Q5")]
    [InlineData("2021-W53")]
    [InlineData("2023-D366")]
    [InlineData("Latest")]
    [InlineData("")]
    public async Task A_malformed_period_is_named(string period)
    {
        var refused = await RefusedAsync("T-RATE", request => request.Periods[0] = period);

        Assert.Equal((ErrorReason.PeriodMalformed, "periods[0]"), (refused.Reason, refused.Field));
    }

    [Theory]
    [InlineData("T-RATE")]
    [InlineData("T-PER-CNY")]
    public async Task What_is_divided_already_is_not_divided_again(string indicator)
    {
        foreach (var normalization in new[] { Normalization.PerCapita, Normalization.PerGdp })
        {
            var refused = await RefusedAsync(indicator, request => request.Normalization = normalization);
            Assert.Equal((ErrorReason.FieldInvalid, "normalization"), (refused.Reason, refused.Field));
        }
    }

    [Fact]
    public async Task A_question_that_leaves_out_what_it_needs_is_refused()
    {
        Assert.Equal("indicators", (await RefusedAsync(new CompareMetricsRequest { Regions = { "A" }, Periods = { "2023" } })).Field);
        Assert.Equal("periods", (await RefusedAsync(new CompareMetricsRequest { Indicators = { "T-RATE" }, Regions = { "A" } })).Field);
        Assert.Equal("regions", (await RefusedAsync(new CompareMetricsRequest { Indicators = { "T-RATE" }, Periods = { "2023" } })).Field);
    }

    [Theory]
    [InlineData("CIRCEL", "CIRCLE 成渝地区双城经济圈")]
    [InlineData("成渝双城经济圈", "CIRCLE 成渝地区双城经济圈")]
    [InlineData("NATIONAL-15FYP", "NATIONAL-14FYP")]
    public async Task A_scheme_that_is_not_there_leads_to_the_nearest(string scheme, string nearest)
    {
        var refused = await RefusedAsync("T-RATE", request => request.Scheme = scheme);

        Assert.Equal((ErrorReason.SchemeUnknown, "scheme"), (refused.Reason, refused.Field));
        Assert.Contains(nearest, refused.MessageZh, StringComparison.Ordinal);
        Assert.Contains(nearest, refused.MessageEn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_the_contract_does_not_name_is_refused_and_not_ignored()
    {
        Assert.Equal("normalization", (await RefusedAsync("T-AMOUNT", request => request.Normalization = (Normalization)99)).Field);
        Assert.Equal("growth[0]", (await RefusedAsync("T-RATE", request => request.Growth.Add((GrowthBasis)99))).Field);
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(-1)]
    [InlineData(0)]
    public async Task A_position_that_is_not_in_the_ledger_is_refused(long position)
    {
        var refused = await RefusedAsync("T-RATE", request => request.AsOf = At.Position(position));

        Assert.Equal((ErrorReason.AsOfOutOfRange, "as_of"), (refused.Reason, refused.Field));
    }

    [Theory]
    [InlineData("gramme", "not a known UCUM unit")]
    [InlineData("T", "t 吨")]
    [InlineData("公斤数", "kg 公斤")]
    public async Task A_unit_that_is_none_is_refused_with_the_nearest(string unit, string says)
    {
        var refused = await RefusedAsync("T-AMOUNT", request => request.Unit = unit);

        Assert.Equal((ErrorReason.FieldInvalid, "unit"), (refused.Reason, refused.Field));
        Assert.Contains(says, refused.MessageEn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("万吨", "10*4.t")]
    [InlineData("公斤", "kg")]
    [InlineData("[ston_av]", "[ston_av]")]
    public async Task A_unit_may_be_asked_for_by_its_name(string unit, string code)
    {
        var table = await asked.Hub.TableAsync(MetricHub.Question("T-AMOUNT", "2023", "A", request => request.Unit = unit));

        Assert.Equal(code, table.Unit);
    }

    [Fact]
    public async Task What_cannot_be_seen_in_a_question_is_named()
    {
        var refusals = new[]
        {
            await RefusedAsync("T-RATE\u200b", _ => { }), await RefusedAsync("T-RATE", request => request.Regions.Add("A\u2066")),
            await RefusedAsync("T-RATE", request => request.Periods.Add("2023\u00a0")), await RefusedAsync("T-RATE", request => request.Unit = "t\u3000"),
            await RefusedAsync("T-RATE", request => request.Scope = "WHOLE\ufeff"), await RefusedAsync("T-RATE", request => request.Version = "1.0\u00ad"),
        };

        foreach (var (refused, name) in refusals.Zip(["<U+200B>", "<U+2066>", "<U+00A0>", "<U+3000>", "<U+FEFF>", "<U+00AD>"]))
        {
            Assert.Contains(name, refused.MessageEn, StringComparison.Ordinal);
            Assert.Contains(name, refused.MessageZh, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1_001, "2 requests")]
    [InlineData(2_000, "2 requests")]
    [InlineData(2_001, "3 requests")]
    public async Task Too_long_a_list_is_refused_with_its_limit_its_length_and_how_to_split_it(int regions, string says)
    {
        var refused = await RefusedAsync("T-RATE", request => request.Regions.Add(Enumerable.Repeat("A", regions - 1)));

        Assert.Equal((ErrorReason.QueryTooLarge, "regions"), (refused.Reason, refused.Field));
        Assert.All([$"{regions}", "1000", says], part => Assert.Contains(part, refused.MessageEn, StringComparison.Ordinal));
        Assert.All([$"{regions}", "1000"], part => Assert.Contains(part, refused.MessageZh, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_difference_read_backwards_is_refused()
    {
        var head = await asked.Hub.PositionAsync();

        var refused = await Refused.ByAsync(asked.Hub.Hub.Metrics.DiffObservationsAsync(
            new DiffObservationsRequest { Since = At.Position(head), AsOf = At.Position(head - 1) }, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal((ErrorReason.SinceAfterAsOf, "since"), (refused.Reason, refused.Field));
    }

    [Fact]
    public async Task An_explanation_is_of_one_number()
    {
        var one = MetricHub.Question("T-RATE", "2023", "A B");
        var twoIndicators = one.Clone();
        twoIndicators.Indicators.Add("T-LOSS");
        var twoPeriods = one.Clone();
        twoPeriods.Periods.Add("2022");
        foreach (var (question, region, field) in new[] { (twoIndicators, "A", "comparison.indicators"), (twoPeriods, "A", "comparison.periods"), (one, "C", "region") })
        {
            var refused = await Refused.ByAsync(asked.Hub.Hub.Metrics.ExplainValueAsync(
                new ExplainValueRequest { Comparison = question, Region = region }, cancellationToken: TestContext.Current.CancellationToken));
            Assert.Equal((ErrorReason.FieldInvalid, field), (refused.Reason, refused.Field));
        }
        var without = await Refused.ByAsync(asked.Hub.Hub.Metrics.ExplainValueAsync(
            new ExplainValueRequest { Region = "A" }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(ErrorReason.FieldInvalid, without.Reason);
    }

    [Theory]
    [InlineData("T-BREAK,1,2,*,,2021,示例,示例", "factor")]
    [InlineData("T-BREAK,1,2,*,0,2021,示例,示例", "factor")]
    [InlineData("T-BREAK,1,2,*,-1,2021,示例,示例", "factor")]
    [InlineData("T-BREAK,1,2,*,1/0,2021,示例,示例", "factor")]
    [InlineData("T-BREAK,1,2,*,about one,2021,示例,示例", "factor")]
    [InlineData("T-BREAK,1,2,*,1,,示例,示例", "overlap_period")]
    [InlineData("T-BREAK,1,2,*,1,2021,,示例", "source")]
    [InlineData("T-BREAK,1,2,*,1,2021,示例,", "approver")]
    public async Task A_bridge_is_declared_whole_or_not_at_all(string row, string column)
    {
        var response = await asked.Hub.TryLoadAsync((CatalogTableKind.Bridges, $"indicator,from_major,to_major,regions,factor,overlap_period,source,approver\n{row}\n"));

        Assert.True(response.Rejected is not null, response.ToString());
        var fault = Assert.Single(response.Rejected.Faults);
        Assert.Equal(("bridges.csv", 2, column), (fault.Table, fault.Line, fault.Column));
        Words.AssertBoth(fault.MessageZh, fault.MessageEn);
    }

    private Task<Refused> RefusedAsync(CompareMetricsRequest request) => Refused.ByAsync(() => asked.Hub.CompareAsync(request));

    private Task<Refused> RefusedAsync(string indicator, Action<CompareMetricsRequest> change) => RefusedAsync(MetricHub.Question(indicator, "2023", "A", change));
}

/// <summary>A hub that is only asked.</summary>
public sealed class AskedHub : IAsyncLifetime
{
    private MetricHub? _hub;

    internal MetricHub Hub => HubFolder.Require(_hub);

    public async ValueTask InitializeAsync()
    {
        if (SqlServerForTests.IsMissing) return;
        _hub = await MetricHub.StartAsync();
        await Hub.LoadAsync(CatalogTableKind.Regions, "code,name_zh\nSAME-1,示例同名市\nSAME-2,示例同名市\n");
        await Hub.LoadAsync(
            CatalogTableKind.Indicators, "code,name_zh,unit,kind,direction\nT-SAME-1,示例同名指标,t,amount,lower\nT-SAME-2,示例同名指标,t,amount,lower\n");
        await Hub.SubmitAsync(MadeUp.Value("T-RATE", "A", "2023", "1"));
    }

    public ValueTask DisposeAsync() => _hub?.DisposeAsync() ?? default;
}
