using System.Diagnostics;
using Grpc.Core;
using WasteFree.Exchange.Faults.Checks;
using WasteFree.Exchange.Faults.Clients;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Hubs;

/// <summary>
/// A hub is told to end while two clients send to it: one reads its answers and must hear why its stream ends, the other one does
/// not read and must not hold the hub. The limits are those of a machine that lets both run: what its run queues kept from
/// them is added.
/// </summary>
internal sealed class DrainProbe(UploadChecks checks)
{
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan StreamLimit = TimeSpan.FromSeconds(30);

    public async Task RunAsync(HubSlot slot, ModelReport read, ModelReport unread)
    {
        var process = slot.Process!;
        var address = process.Address;
        var never = new TaskCompletionSource();
        using var line = new HubLine(address);
        await using var reading = new RawUpload(line, read, checks, StreamLimit);
        await using var silent = new RawUpload(line, unread, checks, StreamLimit, never.Task);
        if (!await reading.OpenAsync() || !await silent.OpenAsync()) return;
        if (await reading.Opened is not { State: ReportState.Open }) return;

        var sending = SendAsync(reading);
        var flooding = FloodAsync(silent);
        var goodbye = EndOfAsync(reading);
        var (exit, kept) = await slot.DrainAsync(StreamLimit);
        var ended = Stopwatch.GetElapsedTime(slot.DrainStarted, await goodbye);
        await Task.WhenAll(sending, flooding);

        var status = reading.Status;
        // A disk that is full for a moment ends the upload before the hub does.
        var hadNoRoom = status is not null && CallProperties.ReasonOf(status) is (ErrorReason.StoreUnavailable or ErrorReason.StoreFull);
        checks.Violations.Require(
            Property.DrainClean,
            hadNoRoom || (status?.StatusCode == StatusCode.Unavailable && CallProperties.ReasonOf(status) == ErrorReason.HubDraining && ended <= GoodbyeLimit + kept),
            () => $"the stream of a reading peer ended after {ended.TotalSeconds:F2} s ({kept.TotalSeconds:F2} s of them waiting for a processor), status {status?.Status}; the hub ended with {process.ExitCode}: {process.LastWords}");
        checks.Violations.Require(
            Property.DrainClean,
            exit <= ExitLimit + kept,
            () => $"the process ended after {exit.TotalSeconds:F2} s ({kept.TotalSeconds:F2} s of them waiting for a processor)");
    }

    private static async Task<long> EndOfAsync(RawUpload upload)
    {
        await upload.Ended;
        return Stopwatch.GetTimestamp();
    }

    private static async Task SendAsync(RawUpload upload)
    {
        while (upload.Sent + 20 < upload.Report.Rows.Count)
            if (!await upload.NextAsync(20)) return;
        await upload.Ended;
    }

    /// <summary>Pings are answered: a peer that reads no answer fills every queue.</summary>
    private static async Task FloodAsync(RawUpload upload)
    {
        while (await upload.PingAsync())
        {
        }
    }
}
