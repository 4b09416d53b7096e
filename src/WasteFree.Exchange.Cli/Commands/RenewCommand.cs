using System.CommandLine;
using System.Globalization;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.Cli.Security;
using WasteFree.Exchange.Server.Security;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx admin renew</c>: a new certificate for the hub, in force within seconds and without a restart.</summary>
internal static class RenewCommand
{
    public static Command Build(CommonOptions common)
    {
        var folder = SecurityOptions.Folder();
        var key = SecurityOptions.AuthorityKey();
        var names = SecurityOptions.Names();
        var command = new Command("renew", "Renew the hub's certificate 更新服务证书") { folder, key, names };
        command.Runs(common, (parse, _) =>
        {
            var security = SecurityOptions.Read(parse, folder);
            var access = AccessList.Read(security.AccessFile);
            if (access.Address is not { } address) throw new InvalidDataException($"{security.AccessFile}: 没有 address。 It has no address.");
            // Two that renew at one time would leave the certificate of one and the key of the other.
            using var alone = security.Lock();
            using var authority = CertificateAuthority.Read(security.AuthorityFile, parse.GetValue(key)?.FullName ?? security.AuthorityKeyFile);
            var now = TimeProvider.System.GetUtcNow();
            var server = authority.IssueServer([new Uri(address).Host.Trim('[', ']'), .. parse.GetValue(names) ?? [], .. Lifetimes.LocalNames], now, Lifetimes.Server);
            IssuedRegister.AddHub(security, server, now);
            // A hub that looks in between sees a pair that does not match, and keeps the one it has.
            PrivateFile.Replace(security.ServerKeyFile, server.KeyPem!);
            PrivateFile.Replace(security.ServerFile, server.Pem);
            common.Terminal.Results.Say($"服务证书有效至 the hub's certificate is valid until {server.End.ToString("u", CultureInfo.InvariantCulture)}");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
