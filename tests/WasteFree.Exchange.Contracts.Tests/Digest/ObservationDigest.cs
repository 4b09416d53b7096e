using System.Security.Cryptography;
using System.Text;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Contracts.Tests.Digest;

/// <summary>The digest rule of <c>UploadCommit.digest</c>, written for reading and not for speed.</summary>
internal static class ObservationDigest
{
    /// <summary>Names of the fields on a digest line, in the order of the line.</summary>
    public static readonly string[] LineFields =
    [
        "region", "indicator", "version", "scope", "category", "period", "value", "numerator", "denominator", "unit",
        "status", "confidentiality", "note", "collection_method", "evidence", "numerator_unit", "denominator_unit",
    ];

    public static string Of(IEnumerable<Observation> rows) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(rows.Select(Line)))));

    public static string Line(Observation row) => string.Join('\t', LineFields.Select(name => Escape(Text(row, name)))) + "\n";

    private static string Text(Observation row, string name)
    {
        var value = Observation.Descriptor.FindFieldByName(name).Accessor.GetValue(row);
        return value is IEnumerable<string> flags ? string.Join(' ', flags.OrderBy(flag => Convert.ToHexString(Encoding.UTF8.GetBytes(flag)), StringComparer.Ordinal)) : (string)value;
    }

    private static string Escape(string text) => text.Replace(@"\", @"\\").Replace("\t", @"\t").Replace("\n", @"\n");
}
