using Google.Protobuf;
using Google.Protobuf.Reflection;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Contracts.Tests.Contracts;

/// <summary>The whole contract as text, one line for each thing that a partner's code can depend on.</summary>
internal static class ContractText
{
    public static string Render() =>
        string.Join('\n', ContractFiles.All.Select(FileLine)
            .Concat(ContractFiles.Enums.SelectMany(EnumLines))
            .Concat(ContractFiles.Messages.SelectMany(MessageLines))
            .Concat(ContractFiles.All.SelectMany(file => file.Extensions.UnorderedExtensions).Select(ExtensionLine))
            .Concat(ContractFiles.All.SelectMany(file => file.Services).SelectMany(service => service.Methods).Select(MethodLine)))
        + "\n";

    private static string FileLine(FileDescriptor file)
    {
        var options = file.GetOptions();
        return $"file {file.Name} package {file.Package} csharp {options.CsharpNamespace} go {options.GoPackage} java {options.JavaPackage}.{options.JavaOuterClassname} "
            + $"objc {options.ObjcClassPrefix} php {options.PhpNamespace} ruby {options.RubyPackage} swift {options.SwiftPrefix}";
    }

    private static IEnumerable<string> EnumLines(EnumDescriptor type)
    {
        foreach (var value in type.Values) yield return $"enum {type.FullName}.{value.Name} = {value.Number}{Policy(value.GetOptions()?.GetExtension(PolicyExtensions.ReasonPolicy))}";
        foreach (var range in type.ToProto().ReservedRange) yield return $"enum {type.FullName} reserved {range.Start} to {range.End}";
        foreach (var name in type.ToProto().ReservedName) yield return $"enum {type.FullName} reserved {name}";
    }

    private static IEnumerable<string> MessageLines(MessageDescriptor type)
    {
        yield return $"message {type.FullName}";
        foreach (var field in type.Fields.InFieldNumberOrder()) yield return FieldLine(type, field);
        // The end of a message's reserved range is exclusive in a descriptor.
        foreach (var range in type.ToProto().ReservedRange) yield return $"message {type.FullName} reserved {range.Start} to {range.End - 1}";
        foreach (var name in type.ToProto().ReservedName) yield return $"message {type.FullName} reserved {name}";
    }

    private static string FieldLine(MessageDescriptor type, FieldDescriptor field)
    {
        var label = field.IsRepeated ? "repeated " : field.RealContainingOneof is { } oneof ? $"oneof {oneof.Name} " : field.HasPresence && field.FieldType != FieldType.Message ? "optional " : "";
        return $"field {type.FullName}.{field.Name} = {field.FieldNumber} {label}{TypeName(field)}";
    }

    private static string TypeName(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => field.MessageType.FullName,
        FieldType.Enum => field.EnumType.FullName,
        var scalar => scalar.ToString().ToLowerInvariant(),
    };

    private static string ExtensionLine(FieldDescriptor extension) =>
        $"extend {extension.ExtendeeType.FullName} {extension.FullName} = {extension.FieldNumber} {TypeName(extension)}";

    private static string MethodLine(MethodDescriptor method) =>
        $"rpc {method.FullName} {Stream(method.IsClientStreaming)}{method.InputType.FullName} returns {Stream(method.IsServerStreaming)}{method.OutputType.FullName} "
        + $"{method.GetOptions()?.IdempotencyLevel}{Policy(method.GetOptions()?.GetExtension(PolicyExtensions.MethodPolicy))}";

    private static string Policy(IMessage? policy) => policy is null ? "" : $" {JsonFormatter.Default.Format(policy)}";

    private static string Stream(bool streaming) => streaming ? "stream " : "";
}
