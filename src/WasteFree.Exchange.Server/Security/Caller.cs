using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Errors;

namespace WasteFree.Exchange.Server.Security;

/// <summary>What came of looking at a credential.</summary>
internal sealed record Caller(Principal Principal)
{
    /// <summary>Why it is not taken; the principal then has no role, and only says what was shown.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>From then on it is not taken any more; null: it does not end.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Looks at the same credential again, by what is trusted then; null: nothing can change.</summary>
    public Func<ValueTask<Caller>>? Again { get; init; }
}
