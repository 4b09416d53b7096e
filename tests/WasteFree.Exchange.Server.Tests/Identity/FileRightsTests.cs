using WasteFree.Exchange.Server.Limits;
using WasteFree.Exchange.Server.Security;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Identity;

/// <summary>What lies on the hub's disk is its owner's alone.</summary>
public sealed class FileRightsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_data_folder_the_database_its_log_and_the_signing_key_are_their_owners_alone()
    {
        RequireUnix();
        HubFolder.RequireSqlite();
        await using var folder = await HubFolder.CreateAsync();
        var data = Path.Combine(folder.FullName, "data");
        await using var app = Hub.Build(folder.Options(allowIllustrative: false, time: null) with { DataDirectory = data });
        await app.StartAsync(Cancelled);
        // The end of the ledger is remembered soon after the start: as another file, which is then put in its place.
        await Eventually.IsAsync(() => Directory.GetFiles(data, "ledger-end.*") is [var end] && end.EndsWith(".json", StringComparison.Ordinal));

        Assert.Equal("700", ModeOf(data));
        var files = Directory.GetFiles(data);
        Assert.Contains(Path.Combine(data, "exchange.db-wal"), files);
        Assert.All(files, file => Assert.Equal($"{file} 600", $"{file} {ModeOf(file)}"));
    }

    [Fact]
    public async Task A_database_that_others_could_read_is_closed_to_them_at_the_next_start()
    {
        RequireUnix();
        HubFolder.RequireSqlite();
        await using var folder = await HubFolder.CreateAsync();
        await RunOnceAsync(folder);
        var database = Path.Combine(folder.FullName, HubOptions.DatabaseFile);
        SetMode(database, "644");

        await RunOnceAsync(folder);

        Assert.Equal("600", ModeOf(database));
    }

    [Theory]
    [InlineData("server-key.pem", "644")]
    [InlineData("ca-key.pem", "604")]
    [InlineData("access.json", "606")]
    [InlineData("ca.pem", "666")]
    [InlineData("server.pem", "602")]
    [InlineData("", "777")]
    public async Task A_key_that_everybody_reads_and_a_list_that_everybody_writes_are_refused(string file, string mode)
    {
        RequireUnix();
        await using var hub = await SecuredHub.StartAsync();
        var path = Path.Combine(hub.Security.FullName, file);
        if (file == "ca-key.pem") await File.WriteAllTextAsync(path, "a key", Cancelled);
        var before = ModeOf(path);
        SetMode(path, mode);

        var refused = Assert.Throws<IOException>(() => Trust.Read(hub.Security, TimeProvider.System.GetUtcNow()));

        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
        SetMode(path, file == "ca-key.pem" ? "600" : before);
        Trust.Read(hub.Security, TimeProvider.System.GetUtcNow());
        // The hub that runs stays with what it has.
        await SecuredHub.ReadAsync(hub.ConnectAs(SecuredHub.Yaan));
    }

    [Fact]
    public async Task A_signing_key_that_everybody_reads_and_limits_that_everybody_writes_are_refused()
    {
        RequireUnix();
        await using var folder = await HubFolder.CreateAsync();
        await RunOnceAsync(folder);
        var (key, limits) = (Path.Combine(folder.FullName, "signing-key.pem"), Path.Combine(folder.FullName, "limits.json"));
        SetMode(key, "644");
        await File.WriteAllTextAsync(limits, "{}", Cancelled);
        SetMode(limits, "622");

        Assert.Contains(key, (await Assert.ThrowsAsync<IOException>(() => RunOnceAsync(folder))).Message, StringComparison.Ordinal);
        Assert.Contains(limits, Assert.Throws<IOException>(() => HubLimits.Read(limits)).Message, StringComparison.Ordinal);
    }

    private static async Task RunOnceAsync(HubFolder folder)
    {
        await using var app = Hub.Build(folder.Options(allowIllustrative: false, time: null));
        await app.StartAsync(Cancelled);
        await app.StopAsync(Cancelled);
    }

    private static void RequireUnix() => Assert.SkipWhen(OperatingSystem.IsWindows(), "It is about the rights of Unix.");

    private static string ModeOf(string path) => OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(path) & 0x1FF, 8);

    private static void SetMode(string path, string mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
    }
}
