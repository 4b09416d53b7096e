using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Client.Tests;

public sealed class ReportUploaderTests : IAsyncLifetime
{
    private HubInProcess _hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _hub = await HubInProcess.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_report_is_committed_with_its_counts_and_digest()
    {
        using var connection = _hub.Connect();
        var committed = Assert.IsType<UploadOutcome.Committed>(await connection.Uploader.UploadAsync(Rows.Upload("plain", 500), null, Cancellation));
        Assert.Equal((500, 0, 500), (committed.Receipt!.Counts.Submitted, committed.Receipt.Counts.Rejected, committed.Receipt.Counts.Created));
        Assert.Equal(DigestOf(500), committed.Receipt.Digest.ToByteArray());
    }

    [Fact]
    public async Task A_report_far_larger_than_what_the_hub_holds_in_memory_goes_through_whole()
    {
        using var connection = _hub.Connect();
        const int rows = 60_000; // about 4 MB, twice the chunks that the hub has under way
        var committed = Assert.IsType<UploadOutcome.Committed>(await connection.Uploader.UploadAsync(Rows.Upload("large", rows), null, Cancellation));
        Assert.Equal(rows, committed.Receipt!.Counts.Created);
    }

    [Fact]
    public async Task Many_uploads_at_one_time_share_a_connection()
    {
        const int uploads = 30;
        using var connection = _hub.Connect();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, uploads).Select(
            number => connection.Uploader.UploadAsync(Rows.Upload($"many-{number}", 200 + number), null, Cancellation)));
        Assert.Equal(
            Enumerable.Range(0, uploads).Select(number => 200L + number),
            outcomes.Select(outcome => Assert.IsType<UploadOutcome.Committed>(outcome).Receipt!.Counts.Submitted));
    }

    [Fact]
    public async Task The_same_report_sent_again_gives_the_same_receipt()
    {
        using var connection = _hub.Connect();
        var first = (UploadOutcome.Committed)await connection.Uploader.UploadAsync(Rows.Upload("twice", 300), null, Cancellation);
        var second = (UploadOutcome.Committed)await connection.Uploader.UploadAsync(Rows.Upload("twice", 300), null, Cancellation);
        Assert.Equal(first.Receipt, second.Receipt);
        Assert.Equal((ReportState.Committed, false, 0L), (first.State, first.Replayed, first.SupersededRows));
        Assert.Equal((ReportState.Committed, true, 0L), (second.State, second.Replayed, second.SupersededRows));
    }

    [Fact]
    public async Task A_report_sent_again_says_whether_it_was_replaced_or_withdrawn_since()
    {
        using var connection = _hub.Connect();
        var upload = Rows.Upload("stands", 300);
        await connection.Uploader.UploadAsync(upload, null, Cancellation);
        await connection.Uploader.UploadAsync(Rows.Upload("correction", 1) with { Rows = _ => Corrected() }, null, Cancellation);

        var replaced = (UploadOutcome.Committed)await connection.Uploader.UploadAsync(upload, null, Cancellation);
        Assert.Equal((ReportState.Committed, true, 1L), (replaced.State, replaced.Replayed, replaced.SupersededRows));

        await connection.Client.WithdrawReportAsync(upload.Report, "示例", Cancellation);
        var withdrawn = (UploadOutcome.Committed)await connection.Uploader.UploadAsync(upload, null, Cancellation);
        Assert.Equal((ReportState.Withdrawn, true, 300L), (withdrawn.State, withdrawn.Replayed, withdrawn.SupersededRows));
    }

    /// <summary>The hub repeats its answer; for whoever waits here it is the first, of a commit of his own.</summary>
    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_the_uploads_own_and_no_replay()
    {
        await using var relay = new CuttableRelay(_hub.Address);
        using var direct = _hub.Connect();
        var upload = Rows.Upload("lost-answer", 500);
        relay.CutAfter(DigestOf(500), async () =>
        {
            while ((await direct.Client.GetReportAsync(upload.Report, Cancellation)).State != ReportState.Committed)
                await Task.Delay(5, Cancellation);
        });
        using var connection = _hub.Connect(relay.Address);

        var committed = Assert.IsType<UploadOutcome.Committed>(await connection.Uploader.UploadAsync(upload, null, Cancellation));

        Assert.True(relay.WasCut);
        Assert.Equal((ReportState.Committed, false, 500L), (committed.State, committed.Replayed, committed.Receipt!.Counts.Created));
    }

    [Fact]
    public async Task A_committed_name_with_other_content_is_a_conflict()
    {
        using var connection = _hub.Connect();
        await connection.Uploader.UploadAsync(Rows.Upload("conflict", 300), null, Cancellation);
        var refused = await Assert.ThrowsAsync<ExchangeException>(() => connection.Uploader.UploadAsync(Rows.Upload("conflict", 299), null, Cancellation));
        Assert.Equal(ErrorReason.ReportContentConflict, refused.Reason);
        Assert.False(refused.Retriable);
        Assert.NotEmpty(refused.MessageZh);
    }

    [Fact]
    public async Task A_bad_row_rejects_the_report_and_frees_its_name()
    {
        using var connection = _hub.Connect();
        var bad = Rows.Upload("mended", 100) with { Rows = _ => WithBadRow(100, badRow: 42) };
        var rejected = Assert.IsType<UploadOutcome.Rejected>(await connection.Uploader.UploadAsync(bad, null, Cancellation));
        Assert.Equal(1, rejected.Counts.Rejected);
        Assert.Contains(rejected.Findings, finding => finding is { Row: 42, Field: "period" });

        Assert.IsType<UploadOutcome.Committed>(await connection.Uploader.UploadAsync(Rows.Upload("mended", 100), null, Cancellation));
    }

    [Fact]
    public async Task A_check_stores_nothing_and_tells_every_finding()
    {
        using var connection = _hub.Connect();
        var check = Rows.Upload("checked", 0) with { ValidateOnly = true, Rows = _ => AllBad(200) };
        var rejected = Assert.IsType<UploadOutcome.Rejected>(await connection.Uploader.UploadAsync(check, null, Cancellation));
        Assert.Equal(Enumerable.Range(0, 200).Select(row => (long)row), rejected.Findings.Select(finding => finding.Row!.Value).Distinct().Order());

        var good = Rows.Upload("checked", 200) with { ValidateOnly = true };
        var would = Assert.IsType<UploadOutcome.Committed>(await connection.Uploader.UploadAsync(good, null, Cancellation));
        Assert.Null(would.Receipt);
        Assert.Equal(0, await CountAsync(connection));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_connection_cut_in_the_middle_each_row_is_there_once_and_few_were_sent_twice(bool restart)
    {
        const int rows = 40_000;
        await using var relay = new CuttableRelay(_hub.Address, cutAtSent: 1_500_000);
        using var connection = _hub.Connect(relay.Address);
        var log = new ProgressLog();
        var committed = Assert.IsType<UploadOutcome.Committed>(await connection.Uploader.UploadAsync(
            Rows.Upload("cut", rows) with { Restart = restart }, log, Cancellation));

        Assert.True(relay.WasCut);
        Assert.Contains(log.Steps, step => step.Phase == UploadPhase.Waiting);
        Assert.Equal((rows, rows), (committed.Receipt!.Counts.Submitted, committed.Receipt.Counts.Created));
        Assert.Equal(DigestOf(rows), committed.Receipt.Digest.ToByteArray());
        Assert.Equal(rows, await CountAsync(connection));
        var whole = Enumerable.Range(0, rows).Sum(number => (long)Rows.At(number).CalculateSize());
        Assert.True(relay.Sent < whole + 1_400_000, $"{relay.Sent} bytes for {whole}: it began again instead of resuming");
    }

    [Fact]
    public async Task A_restart_of_the_hub_in_the_middle_is_survived()
    {
        const int rows = 30_000;
        using var connection = _hub.Connect();
        var upload = Rows.Upload("restart", rows) with { Rows = Rows.Source(rows, pauseAt: 15_000, _hub.RestartAsync) };
        var log = new ProgressLog();
        var committed = Assert.IsType<UploadOutcome.Committed>(await connection.Uploader.UploadAsync(upload, log, Cancellation));
        Assert.Contains(log.Steps, step => step.Phase == UploadPhase.Waiting);
        Assert.Equal(rows, committed.Receipt!.Counts.Created);
        Assert.Equal(rows, await CountAsync(connection));
    }

    [Fact]
    public async Task A_cancelled_upload_goes_on_later_where_the_hub_stands()
    {
        const int rows = 30_000;
        using var connection = _hub.Connect();
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var first = Rows.Upload("later", rows) with { Rows = Rows.Source(rows, pauseAt: 25_000, cancelled.CancelAsync) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.Uploader.UploadAsync(first, null, cancelled.Token));

        var log = new ProgressLog();
        var committed = Assert.IsType<UploadOutcome.Committed>(await connection.Uploader.UploadAsync(Rows.Upload("later", rows), log, Cancellation));
        Assert.Equal(rows, committed.Receipt!.Counts.Created);
        Assert.Contains(log.Steps, step => step is { Phase: UploadPhase.Sending, RowsRead: 0, RowsDurable: > 0 });
    }

    [Fact]
    public async Task Other_rows_than_those_of_the_attempt_resumed_are_found_out_and_a_restart_mends_it()
    {
        const int rows = 30_000;
        using var connection = _hub.Connect();
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var first = Rows.Upload("changed", rows) with { Rows = Rows.Source(rows, pauseAt: 25_000, cancelled.CancelAsync) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.Uploader.UploadAsync(first, null, cancelled.Token));

        var other = Rows.Upload("changed", rows) with { Rows = _ => Shifted(rows) };
        var refused = await Assert.ThrowsAsync<ExchangeException>(() => connection.Uploader.UploadAsync(other, null, Cancellation));
        Assert.Equal(ErrorReason.DigestMismatch, refused.Reason);
        Assert.Contains("restart", refused.MessageEn, StringComparison.Ordinal);

        var committed = Assert.IsType<UploadOutcome.Committed>(await connection.Uploader.UploadAsync(other with { Restart = true }, null, Cancellation));
        Assert.Equal(rows, committed.Receipt!.Counts.Submitted);
    }

    [Fact]
    public async Task A_fenced_writer_does_not_come_back()
    {
        const int rows = 30_000;
        using var connection = _hub.Connect();
        UploadOutcome? second = null;
        var first = Rows.Upload("fenced", rows) with
        {
            Rows = Rows.Source(rows, pauseAt: 15_000, async () =>
                second = await connection.Uploader.UploadAsync(Rows.Upload("fenced", rows), null, Cancellation)),
        };
        var refused = await Assert.ThrowsAsync<ExchangeException>(() => connection.Uploader.UploadAsync(first, null, Cancellation));
        Assert.Equal(ErrorReason.WriterFenced, refused.Reason);
        Assert.IsType<UploadOutcome.Committed>(second);
        Assert.Equal(rows, await CountAsync(connection));
    }

    [Fact]
    public async Task Authority_is_refused_with_a_reason_and_not_retried()
    {
        using var connection = _hub.Connect(organization: "wanzhou");
        var refused = await Assert.ThrowsAsync<ExchangeException>(() => connection.Uploader.UploadAsync(Rows.Upload("foreign", 10), null, Cancellation));
        Assert.Equal(ErrorReason.AuthorityMissing, refused.Reason);
        Assert.False(refused.Retriable);
    }

    [Fact]
    public async Task A_report_without_rows_is_refused()
    {
        using var connection = _hub.Connect();
        var refused = await Assert.ThrowsAsync<ExchangeException>(() => connection.Uploader.UploadAsync(Rows.Upload("empty", 0), null, Cancellation));
        Assert.Equal(ErrorReason.ReportEmpty, refused.Reason);
    }

    [Fact]
    public async Task A_failing_source_ends_the_upload_with_its_own_exception()
    {
        using var connection = _hub.Connect();
        var upload = Rows.Upload("source", 100) with { Rows = Rows.Source(100, pauseAt: 50, () => throw new IOException("the disk has gone")) };
        var failure = await Assert.ThrowsAsync<IOException>(() => connection.Uploader.UploadAsync(upload, null, Cancellation));
        Assert.Equal("the disk has gone", failure.Message);
    }

    [Fact]
    public async Task A_hub_that_does_not_answer_is_told_apart_from_one_that_refuses()
    {
        await _hub.StopAsync();
        using var connection = _hub.Connect(giveUpAfter: TimeSpan.Zero);
        await Assert.ThrowsAsync<HubUnreachableException>(() => connection.Uploader.UploadAsync(Rows.Upload("nobody", 10), null, Cancellation));
        await Assert.ThrowsAsync<HubUnreachableException>(() => connection.Client.GetServerInfoAsync(Cancellation));
    }

    private static byte[] DigestOf(int rows)
    {
        using var digest = new RowDigest();
        for (var number = 0; number < rows; number++) digest.Add(Rows.At(number));
        return digest.Value;
    }

    private static async Task<long> CountAsync(ExchangeConnection connection)
    {
        long count = 0;
        await foreach (var batch in connection.Client.StreamObservationsAsync(new ObservationFilter { IncludeIllustrative = true }, null, Cancellation))
            count += batch.Observations.Count;
        return count;
    }

    private static async IAsyncEnumerable<Observation> WithBadRow(int count, int badRow)
    {
        for (var number = 0; number < count; number++)
        {
            var row = Rows.At(number);
            if (number == badRow) row.Period = "2021-W53";
            yield return row;
        }
        await Task.CompletedTask;
    }

    private static async IAsyncEnumerable<Observation> Corrected()
    {
        var row = Rows.At(7);
        row.Value = "1";
        yield return row;
        await Task.CompletedTask;
    }

    private static async IAsyncEnumerable<Observation> AllBad(int count)
    {
        for (var number = 0; number < count; number++)
        {
            var row = Rows.At(number);
            row.Value = "12,5";
            yield return row;
        }
        await Task.CompletedTask;
    }

    private static async IAsyncEnumerable<Observation> Shifted(int count)
    {
        for (var number = 1; number <= count; number++) yield return Rows.At(number);
        await Task.CompletedTask;
    }
}
