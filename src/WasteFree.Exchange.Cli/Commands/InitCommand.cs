using System.CommandLine;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.Cli.Security;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.Storage;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx admin init</c>: makes all that a secured hub needs, in one folder.</summary>
internal static class InitCommand
{
    private const string Administrator = "administrator";
    private const string Auditor = "auditor";

    public static Command Build(CommonOptions common)
    {
        var folder = SecurityOptions.Argument();
        var address = new Option<Uri>("--address")
        {
            Description = "Address under which partners reach the hub; it goes into the hub's certificate and their connection sheets",
            HelpName = "https://HOST:PORT",
            Required = true,
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri is { Scheme: "https", PathAndQuery: "/" }) return uri;
                result.AddError($"--address '{result.Tokens[0].Value}': 请写 https://主机:端口。 Write https://HOST:PORT.");
                return null;
            },
        };
        var names = SecurityOptions.Names();
        var command = new Command("init", "Make authority, certificates and access list of a secured hub 初始化安全目录") { folder, address, names };
        command.Runs(common, (parse, _) =>
        {
            var terminal = common.Terminal;
            var security = new SecurityFolder(parse.GetRequiredValue(folder).FullName);
            if (Directory.Exists(security.FullName) && Directory.EnumerateFileSystemEntries(security.FullName).Any())
                throw new IOException($"{security.FullName} 不是空目录；已有的密钥不会被覆盖。 The folder is not empty, and keys that are there are never replaced.");
            var (at, now) = (parse.GetRequiredValue(address), TimeProvider.System.GetUtcNow());
            PrivateFolder.Make(security.FullName);
            using var authority = CertificateAuthority.Make("WasteFree.Exchange authority", now, Lifetimes.Authority, out var key);
            PrivateFile.Create(security.AuthorityKeyFile, key);
            PrivateFile.Create(security.AuthorityFile, authority.Pem);
            var server = authority.IssueServer([at.Host.Trim('[', ']'), .. parse.GetValue(names) ?? [], .. Lifetimes.LocalNames], now, Lifetimes.Server);
            IssuedRegister.AddHub(security, server, now);
            PrivateFile.Create(security.ServerKeyFile, server.KeyPem!);
            PrivateFile.Create(security.ServerFile, server.Pem);
            new AccessList
            {
                Address = at.GetLeftPart(UriPartial.Authority),
                Callers = [new AccessCaller { Name = Administrator, Roles = [Roles.Admin] }, new AccessCaller { Name = Auditor, Roles = [Roles.Auditor] }],
            }.Write(security.AccessFile);
            foreach (var name in new[] { Administrator, Auditor })
            {
                var issued = authority.IssueClient(name, now, Lifetimes.Client);
                IssuedRegister.Add(security, name, issued, now);
                IssuedFolder.Write(security, name, issued, authority);
            }

            terminal.Out.WriteLine($"安全目录 security folder  {security.FullName}");
            terminal.Out.WriteLine($"签发机构指纹 authority SHA-256  {authority.Fingerprint}");
            // Not as a note, which has lines of the terminal: a command is copied whole.
            terminal.Error.WriteLine($"下一步 next: wfx serve --security {security.FullName} --data DIR; wfx admin org add ID --security {security.FullName}");
            terminal.Note($"ca-key.pem 可移至离线处，签发时用 --ca-key 指明。 ca-key.pem may be kept off this machine; name it with --ca-key when you issue.");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
