using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client;

/// <summary>
/// Uploads reports, each row exactly once: after a lost connection or a restart of either side it goes on at the row where the
/// hub says so. It keeps no books of its own, only a name for each upload. Many uploads at one time share the connection.
/// </summary>
public sealed class ReportUploader
{
    private readonly ConnectionOptions _options;
    private readonly ReportService.ReportServiceClient _client;

    internal ReportUploader(ExchangeConnection connection)
    {
        _options = connection.Options;
        _client = new ReportService.ReportServiceClient(connection.Invoker);
    }

    /// <summary>Uploads a report and commits it. A name committed before with the same rows gives its receipt again, and
    /// <see cref="UploadOutcome.Committed.Replayed"/> says so.</summary>
    /// <param name="upload">The report.</param>
    /// <param name="progress">Told where the upload stands, at most a few times per chunk; null: nobody.</param>
    /// <param name="cancellationToken">Ends the upload; the rows acknowledged stay, and a later upload goes on there.</param>
    /// <exception cref="ExchangeException">
    /// The hub refused: <c>REPORT_CONTENT_CONFLICT</c> (a correction is a new report), <c>DIGEST_MISMATCH</c> (the rows
    /// are not those of the attempt resumed: upload again with <see cref="ReportUpload.Restart"/>),
    /// <c>WRITER_FENCED</c> (another writer took over; never retried), and others that it describes.
    /// </exception>
    /// <exception cref="HubUnreachableException">
    /// No progress for <see cref="ConnectionOptions.GiveUpAfter"/>; the upload can be repeated.
    /// </exception>
    public async Task<UploadOutcome> UploadAsync(
        ReportUpload upload, IProgress<UploadProgress>? progress, CancellationToken cancellationToken)
    {
        var backoff = Backoff.Of(_options);
        long best = 0;
        // By it the hub knows that it is still this upload which comes back after a break.
        var writer = Guid.NewGuid().ToString("N");
        while (true)
        {
            await using var session = new UploadSession(_client, upload, writer, progress, _options.Time);
            Exception trouble;
            try
            {
                return await session.RunAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is HubUnreachableException or ExchangeException)
            {
                trouble = exception;
            }

            if (session.DurableOffset > best)
            {
                best = session.DurableOffset;
                backoff.Progressed();
            }
            var pause = backoff.After(trouble) ?? throw trouble;
            progress?.Report(new UploadProgress
            {
                Phase = UploadPhase.Waiting,
                RowsDurable = session.DurableOffset,
                Trouble = trouble,
                RetryIn = pause,
            });
            await Task.Delay(pause, _options.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
