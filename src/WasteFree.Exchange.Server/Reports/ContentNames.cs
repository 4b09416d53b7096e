using System.Security.Cryptography;
using System.Text;
using WasteFree.Exchange.Ingest;

namespace WasteFree.Exchange.Server.Reports;

/// <summary>
/// Names of reports by their content. A name goes wherever a row of the report goes, to readers who may not see its other
/// rows: made of a bare hash it would let them test guesses of these. A key of the store under it, which no caller is told,
/// leaves them nothing to test with, and an organisation can ask for names of its own only.
/// </summary>
internal static class ContentNames
{
    public const string KeyName = "report-name";

    public const int HashSize = SHA256.HashSizeInBytes;

    private const int NameSize = 16;

    public static ReportName Of(string organization, ReadOnlySpan<byte> contentHash, byte[] key)
    {
        var name = HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes(organization), (byte)'\n', .. contentHash]);
        return new ReportName(organization, $"f-{Convert.ToHexStringLower(name.AsSpan(0, NameSize))}");
    }
}
