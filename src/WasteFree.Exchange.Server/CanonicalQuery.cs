using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace WasteFree.Exchange.Server;

/// <summary>A query as text, the same for the same query: the order of a list, and what is repeated in it, make no other.</summary>
internal static class CanonicalQuery
{
    /// <param name="kind">Of the token.</param>
    /// <param name="caller">Whose it is: another one may not see the same numbers.</param>
    /// <param name="asked">What is asked; null: nothing in particular.</param>
    public static string Of(string kind, string? caller, params ReadOnlySpan<IMessage?> asked)
    {
        var text = $"{kind}\n{caller}";
        foreach (var message in asked) text += $"\n{(message is null ? "" : JsonFormatter.ToDiagnosticString(Sorted(message)))}";
        return text;
    }

    private static IMessage Sorted(IMessage message)
    {
        var sorted = message.Descriptor.Parser.ParseFrom(message.ToByteString());
        Sort(sorted);
        return sorted;
    }

    private static void Sort(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field is { IsRepeated: true, FieldType: FieldType.String })
            {
                var list = (RepeatedField<string>)field.Accessor.GetValue(message);
                string[] items = [.. list.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
                list.Clear();
                list.AddRange(items);
            }
            else if (field is { IsRepeated: false, FieldType: FieldType.Message } && field.Accessor.GetValue(message) is IMessage inner)
            {
                Sort(inner);
            }
        }
    }
}
