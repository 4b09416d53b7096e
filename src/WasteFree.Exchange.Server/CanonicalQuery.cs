using System.Security.Cryptography;
using System.Text;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Server;

/// <summary>
/// A question in one form, whatever way it was written: names are codes, periods and decimals have one spelling, and a list
/// whose order says nothing is sorted, each item once. A token belongs to the question, not to its spelling.
/// </summary>
internal sealed class CanonicalQuery
{
    public const int DigestSize = 16;

    private readonly StringBuilder _text = new();

    /// <summary>A list whose order is the order of the answer.</summary>
    public CanonicalQuery InOrder(string name, IEnumerable<string> items)
    {
        // Lengths stand before what they count: no item can look like two.
        _text.Append(name).Append('=');
        foreach (var item in items) _text.Append(item.Length).Append(':').Append(item);
        _text.Append(';');
        return this;
    }

    /// <summary>A list whose order and repetitions say nothing.</summary>
    public CanonicalQuery Set(string name, IEnumerable<string> items) => InOrder(name, items.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    public CanonicalQuery One(string name, object? value) => InOrder(name, value?.ToString() is { Length: > 0 } text ? [text] : []);

    /// <summary>The ledger position that is asked for by a position or a time; null: the latest, whichever that is.</summary>
    public CanonicalQuery AsOf(long? position) => One("as_of", position);

    /// <summary>Which observations, codes and periods found; that illustrative ones are left out depends on the catalogue.</summary>
    public CanonicalQuery Filter(ObservationFilter filter, bool includeIllustrative)
    {
        Set("indicators", filter.Indicators);
        Set("regions", filter.Regions);
        Set("scopes", filter.Scopes.Select(scope => scope.Code()));
        Set("categories", filter.Categories);
        Set("periods", filter.Periods.Select(period => period.ToString()));
        One("from", filter.From?.DayNumber);
        One("to", filter.To?.DayNumber);
        Set("organizations", filter.Organizations ?? []);
        return One("illustrative", includeIllustrative);
    }

    public byte[] Digest() => SHA256.HashData(Encoding.UTF8.GetBytes(_text.ToString()))[..DigestSize];
}
