using System.Text;

namespace WasteFree.Exchange.Digests;

/// <summary>
/// The order of the UTF-8 bytes of texts, which is that of their code points, and which every language has. That of UTF-16, as
/// <see cref="StringComparer.Ordinal"/> has it, is another beyond U+FFFF.
/// </summary>
internal static class Utf8Order
{
    public static Comparer<string> Comparer { get; } =
        Comparer<string>.Create((a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));
}
