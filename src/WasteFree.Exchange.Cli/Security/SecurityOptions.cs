using System.CommandLine;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.Server.Security;

namespace WasteFree.Exchange.Cli.Security;

/// <summary>What the commands about a security folder have in common.</summary>
internal static class SecurityOptions
{
    public static Argument<DirectoryInfo> Argument() => new("folder") { Description = "New folder, for the hub's machine alone", HelpName = "DIR" };

    public static Option<DirectoryInfo> Folder() => new("--security") { Description = "Security folder, as wfx admin init made it", HelpName = "DIR", Required = true };

    public static Option<FileInfo> AuthorityKey() =>
        new Option<FileInfo>("--ca-key") { Description = "The authority's private key, where it is kept elsewhere", HelpName = "FILE" }.AcceptExistingOnly();

    public static Option<string[]> Names() => Lists.Option("--name", "Further names or IP addresses of the hub, for its certificate", "HOST,…");

    /// <exception cref="IOException">The folder is none.</exception>
    public static SecurityFolder Read(ParseResult parse, Option<DirectoryInfo> option)
    {
        var folder = new SecurityFolder(parse.GetRequiredValue(option).FullName);
        return File.Exists(folder.AccessFile)
            ? folder
            : throw new IOException($"{folder.FullName} 不是安全目录；请先运行 wfx admin init。 It is no security folder: make one with wfx admin init.");
    }
}
