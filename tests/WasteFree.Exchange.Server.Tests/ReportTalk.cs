using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>A client on a report stream that says and hears one message at a time.</summary>
internal sealed class ReportTalk : IDisposable
{
    /// <summary>Far beyond what an answer takes: a hub that stays silent fails the test instead of hanging it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly AsyncDuplexStreamingCall<StreamReportsRequest, StreamReportsResponse> _call;

    private ReportTalk(AsyncDuplexStreamingCall<StreamReportsRequest, StreamReportsResponse> call) => _call = call;

    public static ReportTalk With(RunningHub hub, string organization = Rows.Reporter) =>
        new(hub.Reports.StreamReports(RunningHub.As(organization), cancellationToken: TestContext.Current.CancellationToken));

    public async Task<Opened> OpenAsync(uint upload, string id, Action<Open>? change = null)
    {
        await AskOpenAsync(upload, id, change);
        return (await HearAsync(StreamReportsResponse.MessageOneofCase.Opened)).Opened;
    }

    public Task AskOpenAsync(uint upload, string id, Action<Open>? change = null)
    {
        var open = new Open { Upload = upload, Report = Rows.Name(id) };
        change?.Invoke(open);
        return SayAsync(new StreamReportsRequest { Open = open });
    }

    public Task ChunkAsync(uint upload, long offset, params Observation[] rows) =>
        SayAsync(new StreamReportsRequest { Chunk = new Chunk { Upload = upload, Offset = offset, Rows = { rows } } });

    /// <summary>The hub may answer, and with that cancel the write, before all bytes are sent.</summary>
    public async Task ChunkIntoRefusalAsync(uint upload, long offset, params Observation[] rows)
    {
        try
        {
            await ChunkAsync(upload, offset, rows);
        }
        catch (RpcException)
        {
            // The answer says why.
        }
    }

    public Task CommitAsync(uint upload, params Observation[] rows) =>
        SayAsync(new StreamReportsRequest { Commit = new Commit { Upload = upload, RowCount = rows.Length, Digest = Rows.Digest(rows) } });

    public Task SayAsync(StreamReportsRequest request) => _call.RequestStream.WriteAsync(request);

    public Task FinishAsync() => _call.RequestStream.CompleteAsync();

    public async Task<StreamReportsResponse> HearAsync()
    {
        Assert.True(await _call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience), "The hub ended the stream.");
        return _call.ResponseStream.Current;
    }

    public async Task<StreamReportsResponse> HearAsync(StreamReportsResponse.MessageOneofCase expected)
    {
        var response = await HearAsync();
        Assert.True(response.MessageCase == expected, $"Expected {expected}, heard {response}");
        return response;
    }

    public async Task<Ack> HearAckAsync() => (await HearAsync(StreamReportsResponse.MessageOneofCase.Ack)).Ack;

    public async Task<Committed> HearCommittedAsync() => (await HearAsync(StreamReportsResponse.MessageOneofCase.Committed)).Committed;

    public async Task<Rejected> HearRejectedAsync() => (await HearAsync(StreamReportsResponse.MessageOneofCase.Rejected)).Rejected;

    /// <summary>A problem, after checking what every problem must hold.</summary>
    public async Task<Problem> HearProblemAsync(ErrorReason reason)
    {
        var problem = (await HearAsync(StreamReportsResponse.MessageOneofCase.Problem)).Problem;
        Assert.Equal(reason, problem.Reason);
        Assert.Equal((int)Server.Errors.RpcErrors.CodeOf(reason), problem.Code);
        Assert.Equal(Server.Errors.RpcErrors.RetryAfterOf(reason) is not null, problem.RetryAfter is not null);
        Words.AssertBoth(problem.MessageZh, problem.MessageEn);
        return problem;
    }

    /// <summary>The hub is there and answers nothing else before.</summary>
    public async Task AssertNothingElseAsync(ulong nonce = 77)
    {
        await SayAsync(new StreamReportsRequest { Ping = new Ping { Nonce = nonce } });
        Assert.Equal(nonce, (await HearAsync(StreamReportsResponse.MessageOneofCase.Pong)).Pong.Nonce);
    }

    /// <summary>The hub has said all; the status is OK.</summary>
    public async Task AssertEndAsync() => Assert.False(await _call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience));

    /// <summary>The status with which the hub ends the stream.</summary>
    public async Task<Refused> HearRefusalAsync() =>
        await Refused.ByAsync(() => _call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience));

    /// <summary>The status with which the hub ends the stream, whatever it says before.</summary>
    public Task<Refused> HearLastRefusalAsync() => Refused.ByAsync(async () =>
    {
        while (await _call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience))
        {
        }
    });

    public void Dispose() => _call.Dispose();
}
