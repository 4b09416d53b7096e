using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WasteFree.Exchange.Server.Security;

/// <summary>The revocation lists of a security folder, each signed by an authority of <c>ca.pem</c>; none where there is no file.</summary>
internal sealed class Revocations
{
    private const string Label = "X509 CRL";

    /// <summary>Some hundred thousand certificates.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    private readonly IReadOnlyList<RevocationList> _lists;

    private Revocations(IReadOnlyList<RevocationList> lists) => _lists = lists;

    /// <summary>When the first of them should be followed by another; null: there is none.</summary>
    public DateTimeOffset? Until => _lists.Count == 0 ? null : _lists.Min(list => list.Until);

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">It holds no lists of these authorities; the message says why.</exception>
    public static Revocations Read(string file, X509Certificate2Collection authorities, DateTimeOffset now)
    {
        if (!File.Exists(file)) return new Revocations([]);
        if (new FileInfo(file).Length > MostBytes) throw Wrong("大于16 MiB", "It has more than 16 MiB");
        var lists = new List<RevocationList>();
        foreach (var der in Encodings(file))
        {
            var list = RevocationList.Find(der) ?? throw Wrong("不是可读的吊销列表（X.509 CRL，PEM或DER，完整列表，有nextUpdate，没有未知的关键扩展）",
                "It holds no revocation list that can be read (X.509 CRL, PEM or DER, a complete list with nextUpdate and no unknown critical extension)");
            if (!authorities.Any(list.IsSignedBy)) throw Wrong("吊销列表不是ca.pem中的机构签发的", "The revocation list is not signed by an authority of ca.pem");
            if (list.From > now) throw Wrong($"吊销列表自 {list.From.UtcDateTime:u} 起才有效", $"The revocation list is valid from {list.From.UtcDateTime:u} only: compare the clocks");
            lists.Add(list);
        }
        return lists.Count > 0 ? new Revocations(lists) : throw Wrong("没有吊销列表；不用时请删除该文件", "It holds no revocation list; remove the file where you need none");

        ArgumentException Wrong(string zh, string en) => new($"{file}: {zh}。 {en}.");
    }

    public bool Revoke(X509Certificate2 certificate)
    {
        foreach (var list in _lists)
            if (list.Revokes(certificate)) return true;
        return false;
    }

    private static List<byte[]> Encodings(string file)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{file} 无法读取。 It cannot be read.", e);
        }
        const byte Sequence = 0x30;
        if (bytes is [Sequence, ..]) return [bytes];
        var found = new List<byte[]>();
        var text = System.Text.Encoding.ASCII.GetString(bytes).AsSpan();
        while (PemEncoding.TryFind(text, out var fields))
        {
            if (text[fields.Label].SequenceEqual(Label)) found.Add(Convert.FromBase64String(text[fields.Base64Data].ToString()));
            text = text[fields.Location.End..];
        }
        return found;
    }
}
