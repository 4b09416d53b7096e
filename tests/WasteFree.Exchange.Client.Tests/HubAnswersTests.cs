using System.Threading.Channels;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Client.Tests;

public sealed class HubAnswersTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly AnswerQueue _queue = new();
    private readonly HubAnswers _answers;

    public HubAnswersTests() => _answers = new HubAnswers(_queue, keepFindings: false, _time);

    public void Dispose() => _answers.Dispose();

    [Fact]
    public async Task A_hub_silent_for_a_minute_is_a_dead_connection()
    {
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(_answers.FailIfSilent());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_answers.FailIfSilent());
        await Assert.ThrowsAsync<HubUnreachableException>(() => _answers.Outcome);
    }

    [Fact]
    public async Task A_pong_breaks_the_silence_of_a_long_commit()
    {
        _time.Advance(TimeSpan.FromSeconds(59));
        _queue.Add(new StreamReportsResponse { Pong = new Pong { Nonce = 1 } });
        _queue.Add(new StreamReportsResponse { Opened = new Opened { DurableOffset = 7 } });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var reading = _answers.ReadAsync(stop.Token);
        await _answers.Opened;
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(_answers.FailIfSilent());
        Assert.Equal(7, _answers.DurableOffset);
        await stop.CancelAsync();
        await reading;
    }

    [Fact]
    public async Task A_hub_that_goes_away_is_come_back_to_when_it_says()
    {
        var goAway = new GoAway { Reason = ErrorReason.HubDraining, RetryAfter = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromSeconds(3)) };
        goAway.DurableOffsets.Add(new GoAway.Types.DurableOffset { Upload = 1, DurableOffset_ = 42 });
        _queue.Add(new StreamReportsResponse { GoAway = goAway });
        _queue.End();
        await _answers.ReadAsync(TestContext.Current.CancellationToken);
        var away = await Assert.ThrowsAsync<ExchangeException>(() => _answers.Outcome);
        Assert.Equal((true, TimeSpan.FromSeconds(3), ErrorReason.HubDraining), (away.Retriable, away.RetryAfter, away.Reason));
        Assert.Equal(42, _answers.DurableOffset);
    }

    [Fact]
    public async Task A_stream_that_ends_without_an_answer_is_a_broken_connection()
    {
        _queue.End();
        await _answers.ReadAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<HubUnreachableException>(() => _answers.Outcome);
    }

    private sealed class AnswerQueue : IAsyncStreamReader<StreamReportsResponse>
    {
        private readonly Channel<StreamReportsResponse> _answers = Channel.CreateUnbounded<StreamReportsResponse>();

        public StreamReportsResponse Current { get; private set; } = null!;

        public void Add(StreamReportsResponse answer) => _answers.Writer.TryWrite(answer);

        public void End() => _answers.Writer.Complete();

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await _answers.Reader.WaitToReadAsync(cancellationToken)) return false;
            Current = await _answers.Reader.ReadAsync(cancellationToken);
            return true;
        }
    }
}
