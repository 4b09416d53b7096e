using System.Security.Cryptography;
using System.Text;

namespace WasteFree.Exchange.Validation;

/// <summary>
/// Names a finding by what it is about (rule, key, field, what was sent), so that the same fault sent again is the
/// same finding wherever its row stands.
/// </summary>
public static class Fingerprint
{
    /// <returns>16 hexadecimal digits: the first 8 bytes of SHA-256 over the parts, joined by LF.</returns>
    public static string Of(params ReadOnlySpan<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 8));
}
