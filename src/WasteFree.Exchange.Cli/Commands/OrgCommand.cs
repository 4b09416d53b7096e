using System.CommandLine;
using System.Globalization;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.Cli.Security;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Server.Security;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx admin org</c>: who may call a secured hub.</summary>
internal static class OrgCommand
{
    private const int MostGrace = 30 * 24;

    public static Command Build(CommonOptions common) => new("org", "Who may call a secured hub 接入单位") { BuildAdd(common), BuildList(common) };

    private static Command BuildAdd(CommonOptions common)
    {
        var id = new Argument<string>("id") { Description = "Organisation, as in the catalogue", HelpName = "ID" };
        id.Validators.Add(result =>
        {
            if (!ReportName.IsOrganization(result.GetValueOrDefault<string>() ?? "")) result.AddError("机构编号由小写字母、数字和“-”组成。 An organisation id has lower-case letters, digits and '-'.");
        });
        var folder = SecurityOptions.Folder();
        var key = SecurityOptions.AuthorityKey();
        var caller = new Option<string?>("--caller") { Description = "Name of this caller, where the organisation has several; default: its id", HelpName = "NAME" };
        caller.Validators.Add(result =>
        {
            if (!AccessCaller.IsName(result.GetValueOrDefault<string>() ?? "")) result.AddError("--caller: 用小写字母、数字、“.”、“_”、“-”，至多100个。 Lower-case letters, digits, '.', '_', '-', at most 100.");
        });
        var roles = Lists.Option("--roles", $"What it may do, of {string.Join(", ", Roles.All)}; default reporter,reader", "ROLE,…");
        roles.AcceptOnlyFromAmong(Roles.All);
        var request = new Option<FileInfo>("--csr") { Description = "Certificate request (PKCS#10, PEM) of the partner, whose private key then stays with it", HelpName = "FILE" }.AcceptExistingOnly();
        var token = new Option<FileInfo>("--token-key")
        {
            Description = "Public key (PEM) with which it signs tokens of its own, in place of a certificate unless --csr asks for one, too; see wfx token key",
            HelpName = "FILE",
        }.AcceptExistingOnly();
        var renew = new Option<bool>("--renew") { Description = "Issue another certificate, which ends the ones before, or add a key, for a caller that is there" };
        var grace = new Option<int>("--grace")
        {
            Description = $"With --renew: hours for which the certificate before is still taken, at most {MostGrace}; default 0",
            HelpName = "HOURS",
            CustomParser = WholeNumber.Between(0, MostGrace, $"--grace: 0–{MostGrace}."),
        };
        var command = new Command("add", "Issue a partner's certificate and connection sheet 签发接入证书") { id, folder, key, caller, roles, request, token, renew, grace };
        command.Runs(common, (parse, _) =>
        {
            var security = SecurityOptions.Read(parse, folder);
            var organization = parse.GetRequiredValue(id);
            var name = parse.GetValue(caller) ?? organization;
            AccessCaller? entry = null;
            IssuedCertificate? issued = null;
            DirectoryInfo? written = null;
            IReadOnlyList<IssuedEntry> replaced = [];
            var (now, hours) = (TimeProvider.System.GetUtcNow(), parse.GetValue(grace));
            AccessList.Change(security, access =>
            {
                var known = access.Find(name);
                if (known is not null && (!parse.GetValue(renew) || known.Organization != organization))
                    throw new InvalidDataException($"{name} 已在访问名单中；再次签发请加 --renew。 The access list has {name} of {known.Organization ?? "no organisation"}; add --renew to issue another certificate.");
                if (known is null && parse.GetValue(renew)) throw new InvalidDataException($"访问名单中没有 {name}。 The access list has no caller {name}.");

                var asked = parse.GetResult(roles) is null ? null : parse.GetValue(roles);
                entry = known ?? new AccessCaller { Name = name, Organization = organization, Roles = [Roles.Reporter, Roles.Reader] };
                if (asked is not null) entry = entry with { Roles = [.. asked.Distinct()] };
                if (parse.GetValue(token) is { } file) entry = entry with { Keys = [.. entry.Keys, PublicKey(file.FullName)] };
                access = access with { Callers = [.. access.Callers.Where(other => other.Name != name), entry] };

                // Who asks for tokens gets no private key that nobody looks after.
                if (parse.GetValue(token) is not null && parse.GetValue(request) is null)
                {
                    using var holder = CertificateAuthority.ReadPublic(security.AuthorityFile);
                    written = IssuedFolder.Write(security, name, holder);
                    ConnectionSheet.Write(written, entry, access, issued: null, holder);
                    return access;
                }
                using var authority = CertificateAuthority.Read(security.AuthorityFile, parse.GetValue(key)?.FullName ?? security.AuthorityKeyFile);
                issued = parse.GetValue(request) is { } csr
                    ? authority.IssueClient(File.ReadAllText(csr.FullName), name, now, Lifetimes.Client)
                    : authority.IssueClient(name, now, Lifetimes.Client);
                replaced = IssuedRegister.Add(security, name, issued, now);
                written = IssuedFolder.Write(security, name, issued, authority);
                ConnectionSheet.Write(written, entry, access, issued, authority);
                return Renewal.End(access, IssuedRegister.Read(security), replaced, now, TimeSpan.FromHours(hours));
            });

            common.Terminal.Results.Say($"{name}  {organization}  {string.Join(',', entry!.Roles)}");
            if (issued is not null)
                common.Terminal.Results.Say($"证书 certificate {issued.Fingerprint}，有效至 valid until {issued.End.ToString("u", CultureInfo.InvariantCulture)}");
            if (replaced.Count > 0)
                common.Terminal.Results.Say($"此前的证书 certificates before: {replaced.Count}，{(hours == 0 ? "即刻失效 refused from now on" : $"{hours} 小时后失效 refused in {hours} hours")}");
            common.Terminal.Out.WriteLine($"交付 hand over  {written!.FullName}");
            common.Terminal.Note("请经保密渠道交付该目录；机构须在目录中（wfx catalog load）。 Hand the folder over on a confidential way; the organisation has to be in the catalogue (wfx catalog load).");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Command BuildList(CommonOptions common)
    {
        var folder = SecurityOptions.Folder();
        var command = new Command("list", "List who may call 列出接入单位") { folder };
        command.Runs(common, (parse, _) =>
        {
            var access = AccessList.Read(SecurityOptions.Read(parse, folder).AccessFile);
            var denied = access.Denied.Select(denial => denial.What).ToHashSet(StringComparer.Ordinal);
            var rows = access.Callers.OrderBy(caller => caller.Name, StringComparer.Ordinal).Select(caller => new[]
            {
                caller.Name, caller.Organization ?? "", string.Join(' ', caller.Roles), $"{caller.Certificates.Count}", $"{caller.Keys.Count}",
                denied.Contains(CredentialNames.Caller(caller.Name)) || (caller.Organization is { } id && denied.Contains(CredentialNames.Organization(id))) ? "denied" : "",
            }).ToList();
            string[] columns = ["caller", "organization", "roles", "pinned_certificates", "token_keys", "denied"];
            switch (parse.GetValue(common.Format))
            {
                case OutputFormat.Json:
                    common.Terminal.Out.WriteLine(Json.Of(access));
                    break;
                case OutputFormat.Csv:
                    CsvText.Write(common.Terminal.Out, columns, rows);
                    break;
                default:
                    foreach (var row in rows) common.Terminal.Results.Say($"{row[0],-24} {row[1],-20} {row[2],-24} {row[5]}");
                    foreach (var issuer in access.Issuers) common.Terminal.Results.Say($"{issuer.Issuer,-24} {string.Join(' ', issuer.Organizations),-20} {string.Join(' ', issuer.Roles),-24}");
                    foreach (var what in access.Denied) common.Terminal.Results.Say($"✗ {what.What}  {what.Why}");
                    break;
            }
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static string PublicKey(string file)
    {
        var pem = File.ReadAllText(file);
        return TokenKey.Find(pem) is not null
            ? pem.Trim()
            : throw new InvalidDataException($"{file}: 不是P-256公钥或至少2048位的RSA公钥（PEM）。 It is no P-256 or RSA (2048 bits or more) public key in PEM.");
    }
}
