using System.Globalization;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Model;

/// <summary>A filter as the model applies it and as the contract says it.</summary>
/// <param name="Organizations">Empty: any.</param>
/// <param name="Scopes">Empty: any.</param>
/// <param name="FirstDay">First day taken.</param>
/// <param name="LastDay">Last day taken.</param>
/// <param name="Illustrative">False: takes nothing, since every organisation of the model is illustrative.</param>
internal sealed record CellFilter(IReadOnlyList<int> Organizations, IReadOnlyList<int> Scopes, int FirstDay, int LastDay, bool Illustrative = true)
{
    /// <summary>Organisation that asks, held to the reading policy; null: a caller that is held to nothing.</summary>
    public int? Caller { get; init; }

    public static CellFilter All { get; } = new([], [], 0, Cell.Days);

    public static CellFilter Nothing { get; } = All with { Illustrative = false };

    /// <summary>A stretch of some days, sometimes of one organisation or scope.</summary>
    public static CellFilter Random(Random random)
    {
        var first = random.Next(1_500);
        return new CellFilter(
            random.Next(2) == 0 ? [random.Next(Cell.Organizations.Count)] : [],
            random.Next(3) == 0 ? [random.Next(Cell.Scopes.Count)] : [],
            first,
            first + random.Next(400));
    }

    /// <summary>The model's one indicator is conditional, and nobody was granted anything: its own province is what a caller reads.</summary>
    public bool MayRead(Cell cell) => Caller is not { } caller || cell.Province == (cell with { Organization = caller }).Province;

    public bool Takes(Cell cell) =>
        Illustrative && MayRead(cell)
        && (Organizations.Count == 0 || Organizations.Contains(cell.Organization))
        && (Scopes.Count == 0 || Scopes.Contains(cell.Scope))
        && cell.Day >= FirstDay && cell.Day <= LastDay;

    public ObservationFilter ToMessage()
    {
        var message = new ObservationFilter { IncludeIllustrative = Illustrative };
        message.Organizations.AddRange(Organizations.Select(number => Cell.Organizations[number].Id));
        message.Scopes.AddRange(Scopes.Select(number => Cell.Scopes[number]));
        if (FirstDay > 0) message.PeriodFrom = new Cell(0, FirstDay, 0).Period;
        if (LastDay < Cell.Days) message.PeriodTo = new Cell(0, LastDay, 0).Period;
        return message;
    }

    public static int ValueOf(ObservationRecord record) => int.Parse(record.Observation.Value, CultureInfo.InvariantCulture);

    public override string ToString() =>
        $"[{string.Join(' ', Organizations)}|{string.Join(' ', Scopes)}|{FirstDay}-{LastDay}|{Illustrative}|{Caller}]";
}
