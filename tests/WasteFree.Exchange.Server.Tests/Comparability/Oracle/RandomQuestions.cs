using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>Random questions on random histories.</summary>
internal sealed class RandomQuestions(Random random, RandomRows rows, IReadOnlyList<long> positions)
{
    public CompareMetricsRequest Next()
    {
        var indicator = Pick(RandomTables.Indicators);
        var request = new CompareMetricsRequest { Indicators = { indicator } };
        request.RollUp = random.Next(2) == 0;
        Regions(request);
        Periods(request);
        if (random.Next(6) == 0) request.Scope = Pick("URBAN", "RURAL");
        if (indicator is "R-AMOUNT" or "R-RATE" && random.Next(5) == 0) request.Category = "K1";
        if (random.Next(6) == 0) request.Source = Pick([.. RandomTables.Real, RandomTables.Demo]);
        if (random.Next(2) == 0) request.AsOf = At.Position(positions[random.Next(positions.Count)]);
        request.IncludeIllustrative = random.Next(3) == 0;
        if (random.Next(3) == 0) request.Growth.Add(GrowthBasis.PreviousPeriod);
        if (random.Next(3) == 0) request.Growth.Add(GrowthBasis.SamePeriodLastYear);
        if (indicator is "R-BREAK" or "R-BROKEN-RATE" && random.Next(2) == 0) request.Version = Pick("1.0", "2.0");
        Terms(request, indicator);
        return request;
    }

    public string Caller() => random.Next(3) == 0 ? Pick(RandomTables.Real) : "";

    private void Regions(CompareMetricsRequest request)
    {
        var way = random.Next(12);
        if (way == 0) request.ChildrenOf = Pick("P", "Y");
        if (way == 1) request.Scheme = Pick(RandomTables.Schemes);
        if (way > 0 && request.Scheme.Length == 0 || random.Next(3) == 0)
        {
            var places = RandomTables.Places.ToArray();
            random.Shuffle(places);
            request.Regions.AddRange(places.Take(random.Next(1, places.Length + 1)));
        }
    }

    private void Periods(CompareMetricsRequest request)
    {
        var first = PlainPeriod.Of(rows.Period());
        // What there is to roll up to.
        while (request.RollUp && first.Frequency is 'M' or 'D' && random.Next(4) > 0) first = PlainPeriod.Of(rows.Period());
        request.Periods.Add(first.Text);
        for (var more = random.Next(3); more > 0; more--)
        {
            var other = rows.Period();
            if (PlainPeriod.Of(other).Frequency == first.Frequency && !request.Periods.Contains(other)) request.Periods.Add(other);
        }
    }

    private void Terms(CompareMetricsRequest request, string indicator)
    {
        var mass = indicator is "R-AMOUNT" or "R-STOCK" or "R-BREAK";
        if ((mass || indicator is "R-COUNT") && random.Next(4) == 0)
        {
            request.Normalization = indicator == "R-COUNT" || random.Next(2) == 0 ? Normalization.PerCapita : Normalization.PerGdp;
            request.Unit = (mass, request.Normalization) switch
            {
                (true, Normalization.PerCapita) => Pick("kg/({person}.d)", "t/{person}", "t/(10*4.{person})", "kg/{person}"),
                (true, _) => Pick("g/{CNY}", "t/(10*4.{CNY})", "kg/{CNY}"),
                _ => Pick("{unit}/{person}", "{unit}/(10*4.{person})"),
            };
            return;
        }
        if (random.Next(3) > 0) return;
        request.Unit = indicator switch
        {
            "R-AMOUNT" or "R-BREAK" => Pick("t", "kg", "10*4.t", "t/d", "kg/d", "m3"),
            "R-STOCK" => Pick("kg", "10*4.t"),
            "R-WASTE-WATER" => Pick("10*4.m3", "t", "kg", "m3/d"),
            "R-RATE" or "R-BROKEN-RATE" => Pick("1", "[ppth]", "%"),
            "R-PER-CNY" => Pick("g/{CNY}", "kg/{CNY}"),
            "R-COUNT" => "10*2.{unit}",
            _ => "",
        };
    }

    private string Pick(params string[] items) => items[random.Next(items.Length)];
}
