using System.Globalization;
using WasteFree.Exchange.Server.Security;

namespace WasteFree.Exchange.Cli.Security;

/// <summary>One page for a partner's engineer: where the hub is, how to be sure that it is the one, and the first report.</summary>
internal static class ConnectionSheet
{
    public static void Write(DirectoryInfo folder, AccessCaller caller, AccessList access, IssuedCertificate? issued, CertificateAuthority authority) =>
        PrivateFile.Replace(Path.Combine(folder.FullName, IssuedFolder.SheetFile), Text(caller, access, issued, authority));

    private static string Text(AccessCaller caller, AccessList access, IssuedCertificate? issued, CertificateAuthority authority)
    {
        var address = access.Address ?? "https://HOST:5443";
        return issued is null ? ForTokens(caller, access, authority, address) : ForCertificate(caller, access, issued, authority, address);
    }

    private static string ForTokens(AccessCaller caller, AccessList access, CertificateAuthority authority, string address) => $$"""
            # 接入单 Connection sheet: {{caller.Organization}}

            | | |
            |---|---|
            | 服务地址 Hub | {{address}} |
            | 调用者 Caller | `{{caller.Name}}`, for organisation `{{caller.Organization}}` |
            | 角色 Roles | {{string.Join(", ", caller.Roles)}} |
            | 令牌受众 Audience of tokens | `{{access.AudienceInForce}}` |
            | 签发机构指纹 Authority (SHA-256) | `{{authority.Fingerprint}}` |

            请用电话等另一渠道核对签发机构指纹。签名私钥由您自己保管；如有泄露，立即通知服务管理员。
            Compare the authority's fingerprint on another way, for example by telephone. The private key with which you sign tokens stays
            with you; where it may have leaked, tell the hub's operator at once.

            Files: `ca.pem` (whom the hub is trusted by). A token goes into metadata `authorization: Bearer TOKEN`:

            ```sh
            export WFX_HUB={{address}} WFX_ORG={{caller.Organization}} WFX_CA=ca.pem
            export WFX_TOKEN=$(wfx token sign --signing-key YOUR-KEY.pem --caller {{caller.Name}} --audience {{access.AudienceInForce}})
            wfx catalog organizations
            ```

            """;

    private static string ForCertificate(AccessCaller caller, AccessList access, IssuedCertificate issued, CertificateAuthority authority, string address)
    {
        var organization = caller.Organization;
        var key = issued.KeyPem is null ? "the private key of your request, here as `key.pem`" : "`key.pem`";
        return $$"""
            # 接入单 Connection sheet: {{organization}}

            | | |
            |---|---|
            | 服务地址 Hub | {{address}} |
            | 调用者 Caller | `{{caller.Name}}`, for organisation `{{organization}}` |
            | 角色 Roles | {{string.Join(", ", caller.Roles)}} |
            | 证书有效至 Certificate valid until | {{issued.End.ToString("u", CultureInfo.InvariantCulture)}} |
            | 证书指纹 Certificate (SPKI SHA-256) | `{{issued.Fingerprint}}` |
            | 令牌受众 Audience of tokens | `{{access.AudienceInForce}}` |
            | 签发机构指纹 Authority (SHA-256) | `{{authority.Fingerprint}}` |

            请用电话等另一渠道核对签发机构指纹。私钥不得外传；如有泄露，立即通知服务管理员。
            Compare the authority's fingerprint on another way, for example by telephone. Keep the private key to yourself; where it
            may have leaked, tell the hub's operator at once.

            Files: `ca.pem` (whom the hub is trusted by), `cert.pem` (your certificate), {{key}}.

            ## 首次报送 First report: wfx

            ```sh
            export WFX_HUB={{address}} WFX_ORG={{organization}} WFX_CA=ca.pem WFX_CERT=cert.pem WFX_CERT_KEY=key.pem
            wfx catalog organizations
            wfx submit report.csv --dry-run
            wfx submit report.csv --receipt receipt.json
            ```

            ## 首次报送 First report: .NET

            ```csharp
            using var connection = new ExchangeConnection(new ConnectionOptions
            {
                Hub = new Uri("{{address}}"),
                AuthorityFile = "ca.pem",
                CertificateFile = "cert.pem",
                KeyFile = "key.pem",
            });
            var report = ReportUpload.NameOf("{{organization}}", "first-report");
            var outcome = await connection.Uploader.UploadAsync(
                new ReportUpload { Report = report, Rows = cancellation => ReadRowsAsync(cancellation) }, progress: null, cancellationToken);
            ```

            `report.csv` has a header such as `region,indicator,period,value,unit`; `--dry-run` checks it and stores nothing.

            ## 其他语言 Other languages

            Generate a client from the `.proto` files (`wfx protos DIR`). Trust `ca.pem` alone, show `cert.pem` and its key, speak HTTP/2
            over TLS 1.2 or 1.3, and send no `wfx-organization` metadata: the certificate says who you are. A token goes into metadata
            `authorization: Bearer TOKEN`.

            """;
    }
}
