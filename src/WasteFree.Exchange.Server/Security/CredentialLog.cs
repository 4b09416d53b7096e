using Microsoft.Extensions.Logging;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// A line for each refusal of a certificate or token, with the rule and with the names that were proven, never with the
/// credential itself. Of one rule and one credential the first of a minute is written at once, and how many followed when the
/// minute is over; a flood under made-up names does not fill the disk.
/// </summary>
internal sealed partial class CredentialLog(TimeProvider time, ILogger<CredentialLog> logger)
{
    /// <summary>Beyond so many kinds in one minute the rest is one for each rule.</summary>
    internal const int MostKinds = 100;

    private const int MostCharacters = 300;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Dictionary<(CredentialRule Rule, string Names), long> _following = [];
    private long _began;

    /// <param name="rule">Why it is refused.</param>
    /// <param name="names">What was proven of it.</param>
    public void Add(CredentialRule rule, IEnumerable<string> names)
    {
        Sum();
        var kind = (Rule: rule, Names: VisibleText.Escaped(string.Join(' ', names), MostCharacters));
        lock (_lock)
        {
            if (_following.Count >= MostKinds && !_following.ContainsKey(kind)) kind.Names = "others";
            if (!_following.TryAdd(kind, 0))
            {
                _following[kind]++;
                return;
            }
        }
        LogRefused(logger, rule, CredentialRules.Words(rule), kind.Names.Length > 0 ? kind.Names : "nobody");
    }

    /// <summary>Adds a line, and takes its bearer for nobody.</summary>
    /// <param name="names">What was proven of it.</param>
    /// <param name="rule">Why it is refused.</param>
    /// <param name="refusal">What the caller is told; null: nothing of the rule.</param>
    public Caller Refuse(IReadOnlyList<string> names, CredentialRule rule, Refusal? refusal = null)
    {
        Add(rule, names);
        return CallerEntries.Refused(refusal ?? CredentialRefusals.Refused, names, rule);
    }

    /// <summary>Writes how many followed, where a minute is over.</summary>
    public void Sum()
    {
        Dictionary<(CredentialRule Rule, string Names), long> over;
        lock (_lock)
        {
            if (time.GetElapsedTime(_began) < Minute) return;
            (over, _following) = (_following, []);
            _began = time.GetTimestamp();
        }
        foreach (var (kind, count) in over.Where(kind => kind.Value > 0)) LogMore(logger, count, kind.Rule, kind.Names.Length > 0 ? kind.Names : "nobody");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A credential is refused by {Rule} ({Words}). It was shown by {Names}.")]
    private static partial void LogRefused(ILogger logger, CredentialRule rule, string words, string names);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} more refusals by {Rule} within a minute. They were shown by {Names}.")]
    private static partial void LogMore(ILogger logger, long count, CredentialRule rule, string names);
}
