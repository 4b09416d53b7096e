using System.Runtime.CompilerServices;
using Google.Protobuf;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Reports;

/// <summary>Fields of rows that this hub's contract does not have: of a newer client, or of another message.</summary>
internal static class UnknownFields
{
    /// <returns>The first row that has one, and its number; null: none has.</returns>
    public static (int Index, int Number)? Find(IReadOnlyList<Observation> rows)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (FieldsOf(rows[i]) is { } fields) return (i, NumberOf(fields));
        }
        return null;
    }

    private static int NumberOf(UnknownFieldSet fields)
    {
        var bytes = new byte[fields.CalculateSize()];
        using var output = new CodedOutputStream(bytes);
        fields.WriteTo(output);
        output.Flush();
        using var input = new CodedInputStream(bytes);
        return WireFormat.GetTagFieldNumber(input.ReadTag());
    }

    /// <summary>The library has no call for it, and to write each row anew would cost more than to check it.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_unknownFields")]
    private static extern ref UnknownFieldSet? FieldsOf(Observation row);
}
