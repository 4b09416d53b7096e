using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

/// <summary>What wfx leaves on the disk is its owner's alone, whatever the shell that starts it allows.</summary>
public sealed class FileRightsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("wfx-rights-test-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("000")]
    [InlineData("077")]
    public async Task Whatever_the_umask_a_hub_its_folders_and_a_copy_of_its_store_are_their_owners_alone(string umask)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It is about the rights of Unix.");
        var (security, data, copy) = (Path.Combine(_root, "made", "security"), Path.Combine(_root, "made", "data"), Path.Combine(_root, "new", "copy"));
        await DoneAsync(umask, "admin", "init", security, "--address", "https://127.0.0.1:5443");
        await DoneAsync(umask, "admin", "org", "add", "yaan", "--security", security);
        await using (var hub = WfxProcess.StartUnder(umask, "serve", "--security", security, "--urls", "https://127.0.0.1:0", "--data", data))
        {
            await hub.ReadLineAsync();
            Assert.Contains(Path.Combine(data, "exchange.db-wal"), Directory.GetFiles(data));
            Assert.Contains(Path.Combine(data, "exchange.db-shm"), Directory.GetFiles(data));
            RequireOwnerAlone(data);
            hub.Signal(WfxProcess.SigTerm);
            Assert.Equal(0, await hub.EndAsync());
        }
        await DoneAsync(umask, "admin", "copy", "--from", $"sqlite:{data}", "--to", $"sqlite:{copy}");

        foreach (var folder in new[] { Path.Combine(_root, "made"), Path.Combine(_root, "new") }) RequireOwnerAlone(folder);
    }

    [Fact]
    public async Task A_data_folder_and_a_target_that_were_there_before_keep_their_rights_and_what_is_made_in_them_is_their_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It is about the rights of Unix.");
        var (data, copy) = (Directory.CreateDirectory(Path.Combine(_root, "data")).FullName, Directory.CreateDirectory(Path.Combine(_root, "copy")).FullName);
        foreach (var folder in new[] { data, copy }) SetMode(folder, "755");
        await using (var hub = WfxProcess.StartUnder("000", "serve", "--urls", "http://127.0.0.1:0", "--data", data))
        {
            await hub.ReadLineAsync();
            RequireFilesOwnerAlone(data);
            hub.Signal(WfxProcess.SigTerm);
            await hub.EndAsync();
        }
        await DoneAsync("000", "admin", "copy", "--from", $"sqlite:{data}", "--to", $"sqlite:{copy}");

        Assert.Equal(("755", "755"), (ModeOf(data), ModeOf(copy)));
        RequireFilesOwnerAlone(data);
        RequireFilesOwnerAlone(copy);
    }

    private static async Task DoneAsync(string umask, params string[] args)
    {
        await using var run = WfxProcess.StartUnder(umask, args);
        Assert.True(await run.EndAsync() == 0, run.Error);
    }

    private static void RequireOwnerAlone(string folder)
    {
        foreach (var path in Directory.GetDirectories(folder, "*", SearchOption.AllDirectories).Prepend(folder)) Assert.Equal($"{path} 700", $"{path} {ModeOf(path)}");
        RequireFilesOwnerAlone(folder);
    }

    private static void RequireFilesOwnerAlone(string folder)
    {
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Equal($"{file} 600", $"{file} {ModeOf(file)}"));
    }

    private static string ModeOf(string path) => OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(path) & 0x1FF, 8);

    private static void SetMode(string path, string mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
    }
}
