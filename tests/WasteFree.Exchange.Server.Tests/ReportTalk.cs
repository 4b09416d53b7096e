using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>A client that uploads one report after another, each on a stream of its own, and says and hears one message at a time.</summary>
internal sealed class ReportTalk : IDisposable
{
    /// <summary>Far beyond what an answer takes: a hub that stays silent fails the test instead of hanging it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Func<AsyncDuplexStreamingCall<UploadReportRequest, UploadReportResponse>> _start;
    private readonly List<AsyncDuplexStreamingCall<UploadReportRequest, UploadReportResponse>> _calls = [];
    private bool _opened;

    private ReportTalk(Func<AsyncDuplexStreamingCall<UploadReportRequest, UploadReportResponse>> start)
    {
        _start = start;
        _calls.Add(start());
    }

    private AsyncDuplexStreamingCall<UploadReportRequest, UploadReportResponse> Call => _calls[^1];

    public static ReportTalk With(RunningHub hub, string organization = Rows.Reporter) =>
        new(() => hub.Reports.UploadReport(RunningHub.As(organization), cancellationToken: TestContext.Current.CancellationToken));

    /// <summary>Opens an upload, on another stream where this one has its own.</summary>
    public async Task<UploadOpened> OpenAsync(string id, Action<UploadOpen>? change = null)
    {
        await AskOpenAsync(id, change);
        return (await HearAsync(UploadReportResponse.MessageOneofCase.Opened)).Opened;
    }

    public Task AskOpenAsync(string id, Action<UploadOpen>? change = null)
    {
        if (_opened) _calls.Add(_start());
        _opened = true;
        return SayAsync(Open(id, change));
    }

    public static UploadReportRequest Open(string id, Action<UploadOpen>? change = null)
    {
        var open = new UploadOpen { Report = Rows.Name(id) };
        change?.Invoke(open);
        return new UploadReportRequest { Open = open };
    }

    public Task ChunkAsync(long offset, params Observation[] rows) =>
        SayAsync(new UploadReportRequest { Chunk = new UploadChunk { Offset = offset, Rows = { rows } } });

    /// <summary>The hub may answer, and with that cancel the write, before all bytes are sent.</summary>
    public Task ChunkIntoRefusalAsync(long offset, params Observation[] rows) =>
        SayIntoRefusalAsync(new UploadReportRequest { Chunk = new UploadChunk { Offset = offset, Rows = { rows } } });

    /// <inheritdoc cref="ChunkIntoRefusalAsync"/>
    public async Task SayIntoRefusalAsync(UploadReportRequest request)
    {
        try
        {
            await SayAsync(request);
        }
        catch (RpcException)
        {
            // The answer says why.
        }
    }

    public Task CommitAsync(params Observation[] rows) =>
        SayAsync(new UploadReportRequest { Commit = new UploadCommit { RowCount = rows.Length, Digest = Rows.Digest(rows) } });

    public Task PingAsync() => SayAsync(new UploadReportRequest { Ping = new UploadPing() });

    public Task SayAsync(UploadReportRequest request) => Call.RequestStream.WriteAsync(request);

    public Task FinishAsync() => Call.RequestStream.CompleteAsync();

    public async Task<UploadReportResponse> HearAsync()
    {
        Assert.True(await Call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience), "The hub ended the stream.");
        return Call.ResponseStream.Current;
    }

    public async Task<UploadReportResponse> HearAsync(UploadReportResponse.MessageOneofCase expected)
    {
        var response = await HearAsync();
        Assert.True(response.MessageCase == expected, $"Expected {expected}, heard {response}");
        return response;
    }

    public async Task<UploadAck> HearAckAsync() => (await HearAsync(UploadReportResponse.MessageOneofCase.Ack)).Ack;

    public async Task<UploadCommitted> HearCommittedAsync() => (await HearAsync(UploadReportResponse.MessageOneofCase.Committed)).Committed;

    public async Task<UploadRejected> HearRejectedAsync() => (await HearAsync(UploadReportResponse.MessageOneofCase.Rejected)).Rejected;

    /// <summary>The hub is there, acknowledges so much, and answers nothing else before.</summary>
    public async Task AssertNothingElseAsync(long durable = 0)
    {
        await PingAsync();
        Assert.Equal(durable, (await HearAckAsync()).DurableOffset);
    }

    /// <summary>The hub has said all; the status is OK.</summary>
    public async Task AssertEndAsync() => Assert.False(await Call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience));

    /// <summary>The status with which the hub ends the stream; nothing comes before it.</summary>
    public async Task<Refused> HearRefusalAsync(ErrorReason reason)
    {
        var refused = await Refused.ByAsync(async () =>
        {
            if (await Call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience)) Assert.Fail($"Heard {Call.ResponseStream.Current}");
        });
        Assert.Equal(reason, refused.Reason);
        return refused;
    }

    /// <summary>The status with which the hub ends the stream, whatever it says before.</summary>
    public Task<Refused> HearLastRefusalAsync() => Refused.ByAsync(async () =>
    {
        while (await Call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience))
        {
        }
    });

    public void Dispose()
    {
        foreach (var call in _calls) call.Dispose();
    }
}
