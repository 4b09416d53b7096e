using System.CommandLine;
using System.Globalization;
using WasteFree.Exchange.Cli.Layout;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.Cli.Security;
using WasteFree.Exchange.Server.Security;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx admin issued</c>: which certificates are out, whose, and when they end.</summary>
internal static class IssuedCommand
{
    private static readonly string[] Columns = ["caller", "state", "start", "end", "fingerprint", "key", "serial", "replaced"];

    public static Command Build(CommonOptions common)
    {
        var folder = SecurityOptions.Folder();
        var command = new Command("issued", "List the certificates that were issued, and when they end 列出已签发的证书") { folder };
        command.Runs(common, (parse, _) =>
        {
            var (security, now, terminal) = (SecurityOptions.Read(parse, folder), TimeProvider.System.GetUtcNow(), common.Terminal);
            var access = AccessList.Read(security.AccessFile);
            var denials = new Denials(access);
            var certificates = IssuedRegister.Read(security).Certificates.Select(entry => (Entry: entry, State: CertificateState.Of(entry, access, denials, now))).ToList();
            switch (parse.GetValue(common.Format))
            {
                case OutputFormat.Json:
                    terminal.Out.WriteLine(Json.Of(certificates.Select(one => new
                    {
                        one.Entry.Caller, one.State, one.Entry.Start, one.Entry.End, one.Entry.Fingerprint, one.Entry.Key, one.Entry.Serial, one.Entry.Replaced,
                    })));
                    break;
                case OutputFormat.Csv:
                    CsvText.Write(terminal.Out, Columns, certificates.Select(one => new[]
                    {
                        one.Entry.Caller, one.State, Text(one.Entry.Start), Text(one.Entry.End), one.Entry.Fingerprint, one.Entry.Key, one.Entry.Serial,
                        one.Entry.Replaced is { } replaced ? Text(replaced) : "",
                    }));
                    break;
                default:
                    var table = new TextTable(TextColumn.Code("调用者 Caller"), TextColumn.Code("状态 State"), TextColumn.Code("到期 End"), TextColumn.Code("指纹 Fingerprint"));
                    foreach (var (entry, state) in certificates) table.Add(entry.Caller, state, Text(entry.End), entry.Fingerprint);
                    terminal.Results.Show(table);
                    break;
            }
            foreach (var (entry, _) in certificates.Where(one => one.State == CertificateState.EndsSoon))
                terminal.Note($"! {entry.Caller}: 证书将于 {Text(entry.End)} 到期。 The certificate ends at {Text(entry.End)}: renew it.");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
}
