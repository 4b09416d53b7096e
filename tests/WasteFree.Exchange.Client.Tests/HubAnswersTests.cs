using System.Threading.Channels;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Client.Tests;

public sealed class HubAnswersTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly AnswerQueue _queue = new();
    private readonly HubAnswers _answers;

    public HubAnswersTests() => _answers = new HubAnswers(_queue, keepFindings: false, _time);

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
    public async Task An_answer_to_a_ping_breaks_the_silence_of_a_long_commit()
    {
        _time.Advance(TimeSpan.FromSeconds(59));
        _queue.Add(new UploadReportResponse { Ack = new UploadAck { DurableOffset = 7 } });
        _queue.Add(new UploadReportResponse { Opened = new UploadOpened { DurableOffset = 7 } });
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
    public async Task A_stream_that_ends_without_an_answer_is_a_broken_connection()
    {
        _queue.End();
        await _answers.ReadAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<HubUnreachableException>(() => _answers.Outcome);
    }

    private sealed class AnswerQueue : IAsyncStreamReader<UploadReportResponse>
    {
        private readonly Channel<UploadReportResponse> _answers = Channel.CreateUnbounded<UploadReportResponse>();

        public UploadReportResponse Current { get; private set; } = null!;

        public void Add(UploadReportResponse answer) => _answers.Writer.TryWrite(answer);

        public void End() => _answers.Writer.Complete();

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await _answers.Reader.WaitToReadAsync(cancellationToken)) return false;
            Current = await _answers.Reader.ReadAsync(cancellationToken);
            return true;
        }
    }
}
