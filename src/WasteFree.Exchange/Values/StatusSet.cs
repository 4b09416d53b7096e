namespace WasteFree.Exchange.Values;

/// <summary>A set of SDMX CL_OBS_STATUS flags as bits; bit n is the flag at place n of <see cref="Precedence"/>.</summary>
public readonly record struct StatusSet(int Bits)
{
    /// <summary>All flags, the highest first: where a single flag is needed, the first of the set is it.</summary>
    public const string Precedence = "BOMLHQJSDKWIFEPNUVGA";

    /// <summary>The series breaks: what follows is not comparable with what was before.</summary>
    public const char Break = 'B';

    /// <summary>Missing, because there can be no value: nothing, not something missing.</summary>
    public const char CannotExist = 'M';

    private const string NeverNumeric = "OMLHQK";
    private const string MaybeNumeric = "BJS";

    public static readonly StatusSet Normal = Of("A");

    public bool IsEmpty => Bits == 0;

    /// <summary>One of O M L H Q K: the value is missing, and why.</summary>
    public bool ForbidsNumber => HasAny(NeverNumeric);

    /// <summary>No flag that explains or permits a missing number.</summary>
    public bool NeedsNumber => !HasAny(NeverNumeric) && !HasAny(MaybeNumeric);

    public static StatusSet Of(string flags)
    {
        var set = default(StatusSet);
        foreach (var flag in flags)
            set = TryAdd(set, flag.ToString(), out var next) ? next : throw new ArgumentException($"No status flag '{flag}'.", nameof(flags));
        return set;
    }

    public static bool TryAdd(StatusSet set, string code, out StatusSet result)
    {
        var place = code.Length == 1 ? Precedence.IndexOf(code[0], StringComparison.Ordinal) : -1;
        result = place < 0 ? set : new StatusSet(set.Bits | (1 << place));
        return place >= 0;
    }

    public bool Has(char flag) => (Bits & (1 << Precedence.IndexOf(flag, StringComparison.Ordinal))) != 0;

    public bool HasAny(string flags)
    {
        foreach (var flag in flags)
            if (Has(flag)) return true;
        return false;
    }

    public StatusSet Union(StatusSet other) => new(Bits | other.Bits);

    /// <summary>The flags in alphabetical order, as they travel.</summary>
    public IEnumerable<string> Codes => Precedence.Where(Has).Order().Select(flag => flag.ToString());

    /// <summary>The highest flag of the set.</summary>
    public char Highest => IsEmpty ? 'A' : Precedence[System.Numerics.BitOperations.TrailingZeroCount(Bits)];

    public override string ToString() => string.Join(' ', Codes);
}
