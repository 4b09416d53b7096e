using System.Reflection;
using Google.Protobuf.Reflection;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Contracts.Tests.Contracts;

/// <summary>The descriptors that the Contracts assembly carries.</summary>
internal static class ContractFiles
{
    public static Assembly Assembly { get; } = typeof(Observation).Assembly;

    public static IReadOnlyList<FileDescriptor> All { get; } =
        [.. Assembly.GetExportedTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<FileDescriptor>()
            .OrderBy(file => file.Name, StringComparer.Ordinal)];

    public static IEnumerable<MessageDescriptor> Messages => All.SelectMany(file => file.MessageTypes.SelectMany(WithNested));

    public static IEnumerable<EnumDescriptor> Enums =>
        All.SelectMany(file => file.EnumTypes.Concat(file.MessageTypes.SelectMany(WithNested).SelectMany(message => message.EnumTypes)));

    private static IEnumerable<MessageDescriptor> WithNested(MessageDescriptor message) =>
        message.NestedTypes.SelectMany(WithNested).Prepend(message);
}
