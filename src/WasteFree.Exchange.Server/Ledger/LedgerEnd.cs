using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Server.Ledger;

/// <summary>
/// Remembers the end of the ledger and of the audit log in a file beside the signing key, once a second while it moves and when
/// the hub ends. A database alone cannot know that its own end was cut off, or that an older copy took its place; who compares
/// is <see cref="KnownStore"/>. What was committed within the second before a crash is not remembered.
/// </summary>
internal sealed partial class LedgerEnd(IExchangeStore store, HubOptions options, TimeProvider time, ILogger<LedgerEnd> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A hub that is idle says that it is there: its clock is held against that at the next start.</summary>
    private static readonly TimeSpan SeenInterval = TimeSpan.FromHours(1);

    private string? _path;
    private RememberedEnd? _last;
    private bool _failing;

    /// <summary>The folder of the signing key; where nothing can be written there, the data folder.</summary>
    public string Folder { get; } = FolderOf(options);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await RememberAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Folder != Path.GetDirectoryName(Path.GetFullPath(SigningKey.PathOf(options)))) LogElsewhere(logger, Folder);
        try
        {
            while (true)
            {
                await RememberAsync(stoppingToken).ConfigureAwait(false);
                await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The hub stops.
        }
    }

    private async Task RememberAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A wrong instant would be held against the clock of the next start.
            if (store.Clock.IsAhead || store.IsDamaged) return;
            var now = time.GetUtcNow();
            var head = await store.ReadHeadAsync(cancellationToken).ConfigureAwait(false);
            var audit = await store.ReadAuditHeadAsync(cancellationToken).ConfigureAwait(false);
            if (head.Position == 0 || audit is null) return;
            if (_last is { } last && last.Position == head.Position && last.AuditPosition == audit.Position && now - last.SeenAt < SeenInterval) return;
            _path ??= RememberedEnd.PathOf(Folder, await store.ReadLedgerIdAsync(cancellationToken).ConfigureAwait(false));
            var entry = (await store.ReadLedgerAsync(head.Position - 1, 1, cancellationToken).ConfigureAwait(false))[0];
            var end = new RememberedEnd(entry.Position, Convert.ToHexStringLower(entry.EntryHash), audit.Position, Convert.ToHexStringLower(audit.Hash), now);
            end.Write(_path);
            _last = end;
            _failing = false;
        }
        catch (Exception e) when (e is StoreUnavailableException or OperationCanceledException)
        {
            // The next look will do; at the end of the hub the last one has to.
        }
        catch (IOException e)
        {
            if (!_failing) LogFailing(logger, e);
            _failing = true;
        }
    }

    private static string FolderOf(HubOptions options)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(SigningKey.PathOf(options)))!;
        try
        {
            var probe = Path.Combine(folder, $".wfx-{Guid.NewGuid():N}");
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose)) return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Such as a secret that a container is given to read.
            return options.DataDirectory;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing can be written beside the signing key: the end of the ledger is remembered in {Folder}. Keep that folder apart from the database and its backups.")]
    private static partial void LogElsewhere(ILogger logger, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of the ledger could not be remembered; it is tried again every second.")]
    private static partial void LogFailing(ILogger logger, Exception exception);
}
