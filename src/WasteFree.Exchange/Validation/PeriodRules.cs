using System.Globalization;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Validation;

/// <summary>STR-5 and TIM-2: whether a definition takes a period, and what a number of it cannot say yet.</summary>
internal static class PeriodRules
{
    /// <summary>Provisional, estimated, forecast: a reader sees that it is not the last word.</summary>
    private const string NotFinal = "PEF";

    public static void CheckFrequency(in SubmittedRow row, Indicator definition, Period period, RowFindings report)
    {
        if (definition.Takes(period.Frequency)) return;
        report.Add(definition.Kind == IndicatorKind.Event ? NoDayOfEvent(row.Period, definition) : NotTaken(row.Period, definition, period));
    }

    /// <summary>What a number of the period is worth remarking on; a row without one says nothing that could be doubted.</summary>
    public static void Remark(
        in SubmittedRow row, Indicator definition, Period period, Numbers numbers, StatusSet status, DateOnly today, RowFindings report)
    {
        if (numbers is { Value: null, HasParts: false }) return;
        if (definition.MayMeanMonth(period)) report.Add(DayOrMonth(row.Period, definition, period));
        if (definition.IsOfPart(period.Frequency)) report.Add(OfPart(row.Period, definition));
        if (period.End > today && !status.HasAny(NotFinal) && !HasHappened(definition, numbers)) report.Add(NotOver(row.Period, period, today));
    }

    /// <summary>What happened need not wait for the end of its day; that it did not happen is known only then.</summary>
    private static bool HasHappened(Indicator definition, Numbers numbers) =>
        definition.Kind == IndicatorKind.Event && numbers.Value is { Mantissa: > 0 };

    private static RuleFinding NotTaken(string sent, Indicator definition, Period period)
    {
        var taken = string.Join(' ', definition.Frequencies.Select(frequency => new Period(frequency, default).FrequencyCode));
        var longer = Longer(definition, period);
        return new(
            "STR-5@1", Severity.Blocker, "period", sent, taken,
            $"指标 {definition.Code} 不按此频率报送；可用频率：{taken}。{(longer.Length > 0 ? $"如指较长的期间，请写 {longer}。" : "")}",
            $"Indicator {definition.Code} is not reported at this frequency; it takes: {taken}.{(longer.Length > 0 ? $" If a longer period is meant, write it: {longer}." : "")}");
    }

    private static RuleFinding NoDayOfEvent(string sent, Indicator definition) => new(
        "STR-5@1", Severity.Blocker, "period", sent, "D",
        $"指标 {definition.Code} 是事件，{sent} 不是一日；请以发生当日为期间、以 1 为数值报送，例：期间 2024-04-09，数值 1。",
        $"Indicator {definition.Code} is an event and {sent} is not a day; report value 1 in the period of the day on which it happened, such as 2024-04-09.");

    private static RuleFinding DayOrMonth(string sent, Indicator definition, Period period)
    {
        var longer = Longer(definition, period);
        return new(
            "STR-5@1", Severity.Warning, "period", sent, longer,
            $"{sent} 按一日收下。表格软件和数据库常把月份写成其首日或末日：如指较长的期间，请写 {longer}。",
            $"{sent} is taken as one day. Spreadsheets and databases write a month as its first or last day: if a longer period is meant, write it: {longer}.");
    }

    private static RuleFinding OfPart(string sent, Indicator definition)
    {
        var longest = new Period(definition.Frequencies.Min(), default).FrequencyCode.ToString();
        return new(
            "STR-5@1", Severity.Warning, "period", sent, longest,
            $"指标 {definition.Code} 的最长报送期间为 {longest}；{sent} 的数值只作期内数值，不与更长期间的数值比较，也不对照其目标。",
            $"Indicator {definition.Code} is reported for periods up to {longest}; the value of {sent} stands for that part alone: it is never compared with one of a longer period, nor held against its targets.");
    }

    private static RuleFinding NotOver(string sent, Period period, DateOnly today)
    {
        var last = Day(period.End.AddDays(-1));
        return new(
            "TIM-2@1", Severity.Warning, "period", sent, $"<= {Day(today)}",
            $"期间 {sent} 到 {last} 才结束，今天是 {Day(today)}，数值不可能是整个期间的；请期满后再报，或加状态 P（暂定值）、E（估计值）或 F（预测值）。",
            $"Period {sent} ends on {last} and today is {Day(today)}, so that the value cannot be that of the whole period; send it when the period is over, or with status P, E or F.");
    }

    /// <summary>The longer periods that it lies in and that the definition takes, the shortest first.</summary>
    private static string Longer(Indicator definition, Period period) =>
        string.Join(", ", period.Coarser().Where(longer => longer.Frequency != Frequency.Weekly && definition.Takes(longer.Frequency)));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
