using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Security;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx token</c>: tokens that an organisation signs itself, for its analysts and services.</summary>
internal static class TokenCommand
{
    private const int MostMinutes = 24 * 60;

    public static Command Build(CommonOptions common) => new("token", "Tokens for a secured hub 令牌") { BuildKey(common), BuildSign(common) };

    private static Command BuildKey(CommonOptions common)
    {
        var file = new Argument<FileInfo>("file") { Description = "Where the private key goes; it must not be there yet", HelpName = "FILE" };
        var command = new Command("key", "Make a key and print its public half, for the hub's operator 生成签名密钥") { file };
        command.Runs(common, (parse, _) =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            PrivateFile.Create(parse.GetRequiredValue(file).FullName, key.ExportPkcs8PrivateKeyPem() + "\n");
            common.Terminal.Out.WriteLine(key.ExportSubjectPublicKeyInfoPem());
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Command BuildSign(CommonOptions common)
    {
        var key = new Option<FileInfo>("--signing-key") { Description = "Private key, as wfx token key makes it", HelpName = "FILE", Required = true }.AcceptExistingOnly();
        var caller = new Option<string>("--caller") { Description = "The caller's name on the connection sheet", HelpName = "NAME", Required = true };
        var subject = new Option<string?>("--subject") { Description = "Who uses it, for the hub's audit log", HelpName = "TEXT" };
        var roles = Lists.Option("--roles", "Fewer roles than the caller has; default: all of them", "ROLE,…");
        roles.AcceptOnlyFromAmong(Roles.All);
        var minutes = new Option<int>("--minutes") { Description = $"How long it is valid, at most {MostMinutes}", HelpName = "N", DefaultValueFactory = _ => 60, CustomParser = WholeNumber.Between(1, MostMinutes, $"--minutes: 1–{MostMinutes}.") };
        var audience = new Option<string?>("--audience") { Description = "The hub's audience, as the connection sheet has it; default: the hub's address (--hub or WFX_HUB)", HelpName = "TEXT" };
        var command = new Command("sign", "Print a token 签发令牌") { key, caller, subject, roles, minutes, audience };
        command.Runs(common, (parse, _) =>
        {
            var hub = parse.GetRequiredValue(common.Hub);
            // Only a secured hub takes tokens: a token for the address that nobody gave would be refused without a word of why.
            var hubAddress = hub.Scheme == Uri.UriSchemeHttps ? hub.GetLeftPart(UriPartial.Authority) : null;
            if ((parse.GetValue(audience) ?? hubAddress) is not { } by)
                return Task.FromResult(common.Terminal.Usage("请用 --hub（或 WFX_HUB）给出服务的https地址，或用 --audience 给出受众。 Name the hub's https address with --hub (or WFX_HUB), or its audience with --audience."));
            try
            {
                var made = CallerTokens.Make(
                    File.ReadAllText(parse.GetRequiredValue(key).FullName), parse.GetRequiredValue(caller), by, parse.GetValue(subject),
                    parse.GetResult(roles) is null ? null : parse.GetValue(roles), TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(parse.GetValue(minutes)));
                common.Terminal.Out.WriteLine(made.Text);
                common.Terminal.Note($"token:{made.Id}，受众 audience {by}，有效至 valid until {made.End.ToString("u", CultureInfo.InvariantCulture)}");
                return Task.FromResult(ExitCode.Done);
            }
            catch (ArgumentException e)
            {
                throw new InvalidDataException(e.Message, e);
            }
        });
        return command;
    }
}
