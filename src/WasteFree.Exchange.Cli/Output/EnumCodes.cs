using System.Collections.Concurrent;
using System.Reflection;
using Google.Protobuf.Reflection;

namespace WasteFree.Exchange.Cli.Output;

/// <summary>The code of an enum value as the contract writes it, without the prefix: <c>WRITER_FENCED</c>.</summary>
internal static class EnumCodes
{
    private static readonly ConcurrentDictionary<Enum, string> Known = new();

    public static string Code(this Enum value) => Known.GetOrAdd(value, static value =>
    {
        var type = value.GetType();
        var original = type.GetField(value.ToString())?.GetCustomAttribute<OriginalNameAttribute>()?.Name ?? value.ToString();
        var prefix = string.Concat(type.Name.Select((c, i) => i > 0 && char.IsUpper(c) ? "_" + c : char.ToUpperInvariant(c).ToString())) + "_";
        return original.StartsWith(prefix, StringComparison.Ordinal) ? original[prefix.Length..] : original;
    });
}
