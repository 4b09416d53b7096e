using System.CommandLine;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.Cli.Security;
using WasteFree.Exchange.Server.Security;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx admin deny</c> and <c>allow</c>: what is denied loses its open streams within seconds.</summary>
internal static class DenyCommand
{
    public static Command Build(CommonOptions common)
    {
        var (what, folder) = (What(), SecurityOptions.Folder());
        var why = new Option<string?>("--why") { Description = "For people who read the access list", HelpName = "TEXT" };
        var command = new Command("deny", "Refuse a caller, certificate or token from now on 拒绝") { what, folder, why };
        command.Runs(common, (parse, _) =>
        {
            var name = "";
            AccessList.Change(SecurityOptions.Read(parse, folder), access =>
            {
                name = NameIn(access, parse.GetRequiredValue(what));
                var denial = new AccessDenial { What = name, Why = parse.GetValue(why), Since = TimeProvider.System.GetUtcNow() };
                // One that is to begin later is brought forward.
                if (access.Denied.Any(there => there.What == name && there.From is null)) return access;
                return access with { Denied = [.. access.Denied.Where(there => there.What != name), denial] };
            });
            common.Terminal.Results.Say($"已拒绝 denied  {name}");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    public static Command BuildAllow(CommonOptions common)
    {
        var (what, folder) = (What(), SecurityOptions.Folder());
        var command = new Command("allow", "Take back a denial 取消拒绝") { what, folder };
        command.Runs(common, (parse, _) =>
        {
            var name = "";
            AccessList.Change(SecurityOptions.Read(parse, folder), access =>
            {
                name = NameIn(access, parse.GetRequiredValue(what));
                var left = access.Denied.Where(denial => denial.What != name).ToList();
                return left.Count < access.Denied.Count
                    ? access with { Denied = left }
                    : throw new InvalidDataException($"{name} 未被拒绝。 It is not denied.");
            });
            common.Terminal.Results.Say($"已取消拒绝 no longer denied  {name}");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Argument<string> What()
    {
        var what = new Argument<string>("what")
        {
            Description = $"Name of a caller, or KIND:NAME as the audit log has it, KIND of {string.Join(", ", CredentialNames.Kinds)}",
            HelpName = "NAME|KIND:NAME",
        };
        what.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>() ?? "";
            if (text.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 && !CredentialNames.Kinds.Contains(text[..colon]))
                result.AddError($"'{text}': 应为 KIND:NAME，KIND 可用 {string.Join('、', CredentialNames.Kinds)}。 Write KIND:NAME, KIND of {string.Join(", ", CredentialNames.Kinds)}.");
        });
        return what;
    }

    private static string NameIn(AccessList access, string text)
    {
        if (text.Contains(':', StringComparison.Ordinal)) return text;
        return access.Find(text) is not null
            ? CredentialNames.Caller(text)
            : throw new InvalidDataException($"访问名单中没有 {text}。 The access list has no caller {text}; see wfx admin org list.");
    }
}
