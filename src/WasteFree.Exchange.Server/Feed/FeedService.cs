using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Disclosures;
using WasteFree.Exchange.Feed;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Audit;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Server.Metrics;
using WasteFree.Exchange.Server.Reports;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Feed;

/// <summary>The feed service.</summary>
internal sealed class FeedService(
    IExchangeStore store, CatalogHistory catalog, AsOfReader asOf, ReadingRights rights, DisclosureDesk disclosures, LedgerFeed feed,
    ResumeTokens tokens, ReadOwners owners, StreamLifetime streams, Drain drain)
    : V1.FeedService.FeedServiceBase
{
    private static readonly TimeSpan StandardProgress = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestProgress = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestProgress = TimeSpan.FromHours(1);

    public override async Task Watch(WatchRequest request, IServerStreamWriter<WatchResponse> responseStream, ServerCallContext context)
    {
        var caller = IdentityInterceptor.PrincipalOf(context);
        var visibility = rights.Of(caller);
        var interval = ProgressInterval(request.ProgressInterval);
        // Codes are read against the catalogue of today: one that was loaded later than an old entry is no fault there.
        // Only who was illustrative then is asked entry by entry.
        var filter = FilterReader.Read(request.Filter, await catalog.ReadLatestAsync(context.CancellationToken));
        var includeIllustrative = request.Filter?.IncludeIllustrative ?? false;
        var question = QuestionOf(request, filter);
        var start = await StartAsync(request, question, caller.Organization, context.CancellationToken);
        var watch = new FeedRequest
        {
            Start = start.Ledger,
            Snapshot = start.Snapshot,
            Filter = at => filter with { ExcludedOrganizations = FilterReader.Illustrative(includeIllustrative, at) },
            Visibility = visibility,
            Observations = request.Detail != WatchDetail.Report,
            ProgressInterval = interval,
        };

        // Draining ends the watch, not the call: its last words still go out.
        using var stream = drain.Enter();
        using var aged = new CancellationTokenSource(streams.NewAge(), streams.Time);
        var live = IdentityInterceptor.LiveCallOf(context);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource([context.CancellationToken, drain.Begun, aged.Token, live.Ended]);
        try
        {
            await foreach (var happened in feed.WatchAsync(watch, ending.Token))
            {
                owners.Add(RowsOf(happened));
                if (happened is FeedEvent.Change { Entry.Report: { } report }) owners.Add(report.Organization);
                var (known, seen) = (await catalog.ReadLatestAsync(ending.Token), await visibility(ending.Token));
                var message = FeedMapping.ToMessage(happened, known, seen, await DisclosureAsync(happened, known, seen, ending.Token));
                if (happened.SafePoint is { } point) message.ResumeToken = tokens.Write(point, question, caller.Organization);
                await responseStream.WriteAsync(message, context.CancellationToken);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
        {
            var refusal = live.Why ?? Refusals.HubDraining;
            var farewell = new WatchGoAway { Reason = refusal.Reason };
            if (RpcErrors.RetryAfterOf(refusal.Reason) is { } wait) farewell.RetryAfter = Duration.FromTimeSpan(wait);
            await responseStream.WriteAsync(new WatchResponse { GoAway = farewell }, context.CancellationToken);
            throw refusal.ToException();
        }
    }

    private static IEnumerable<Values.ObservationRevision> RowsOf(FeedEvent happened) => happened switch
    {
        FeedEvent.Change change => change.Rows.Select(row => row.Revision),
        FeedEvent.SnapshotPart part => part.Rows,
        _ => [],
    };

    /// <summary>Of the rows of an event, as of the position that it tells of.</summary>
    private Task<Disclosure> DisclosureAsync(FeedEvent happened, CatalogSnapshot known, Visibility seen, CancellationToken cancellationToken) => happened switch
    {
        FeedEvent.Change change => disclosures.OfAsync(change.Rows.Select(row => row.Revision), seen, known, change.Entry.Position, cancellationToken),
        FeedEvent.SnapshotPart part => disclosures.OfAsync(part.Rows, seen, known, part.Point.Position, cancellationToken),
        _ => Task.FromResult(Disclosure.OfNothing(known, seen)),
    };

    private async Task<SafePoint> StartAsync(WatchRequest request, WatchQuestion question, string? caller, CancellationToken cancellationToken)
    {
        switch (request.StartCase)
        {
            case WatchRequest.StartOneofCase.ResumeToken:
                if (tokens.Read(request.ResumeToken, question, caller) is not { } token) throw TokenInvalid.ToException();
                var point = await PointAsync(token.Position, cancellationToken);
                return point is { } found && found.Hash.AsSpan().StartsWith(token.Hash) ? new SafePoint(found, token.Snapshot) : throw Rewound.ToException();
            case WatchRequest.StartOneofCase.Since:
                var (since, _) = await asOf.ReadSinceAsync(request.Since, cancellationToken);
                return new SafePoint((await PointAsync(since.Position, cancellationToken))!.Value);
            case WatchRequest.StartOneofCase.StartAt when request.StartAt == WatchStart.Earliest:
                return new SafePoint(LedgerPoint.Origin);
            case WatchRequest.StartOneofCase.StartAt when !System.Enum.IsDefined(request.StartAt):
                throw Refusal.FieldInvalid("start_at", "没有这个取值。", "no such value.").ToException();
            default:
                var head = await store.ReadHeadAsync(cancellationToken);
                var isSnapshot = request.StartCase == WatchRequest.StartOneofCase.StartAt && request.StartAt == WatchStart.Snapshot;
                return new SafePoint((await PointAsync(head.Position, cancellationToken))!.Value, isSnapshot ? SnapshotPlace.Beginning : null);
        }
    }

    private async Task<LedgerPoint?> PointAsync(long position, CancellationToken cancellationToken)
    {
        if (position == 0) return LedgerPoint.Origin;
        var entries = await store.ReadLedgerAsync(position - 1, 1, cancellationToken);
        return entries is [var entry] ? new LedgerPoint(entry.Position, entry.EntryHash) : null;
    }

    private static TimeSpan ProgressInterval(Duration? asked)
    {
        if (asked is null || asked.Equals(new Duration())) return StandardProgress;
        // Compared as numbers: a duration of nonsense must not overflow on its way.
        return asked.Seconds >= (long)ShortestProgress.TotalSeconds && asked.Seconds <= (long)LongestProgress.TotalSeconds && asked.Nanos is >= 0 and < 1_000_000_000
            ? asked.ToTimeSpan()
            : throw Refusal.FieldInvalid("progress_interval", "应在 1 秒到 1 小时之间。", "must be from 1 s to 1 hour.").ToException();
    }

    private static WatchQuestion QuestionOf(WatchRequest request, Store.ObservationFilter found)
    {
        var filter = request.Filter ?? new V1.ObservationFilter();
        // What is not said is the same as what is meant by it.
        var detail = request.Detail == WatchDetail.Report ? WatchDetail.Report : WatchDetail.Observations;
        return new WatchQuestion(
            new CanonicalQuery()
                .Set("indicators", filter.Indicators)
                .Set("regions", filter.Regions)
                .Set("scopes", filter.Scopes)
                .Set("categories", filter.Categories)
                .Set("periods", filter.Periods)
                .One("from", filter.PeriodFrom)
                .One("to", filter.PeriodTo)
                .Set("organizations", filter.Organizations)
                .One("illustrative", filter.IncludeIllustrative)
                .One("detail", detail),
            new CanonicalQuery().Filter(found, filter.IncludeIllustrative).One("detail", detail));
    }

    private static Refusal TokenInvalid { get; } = new(
        ErrorReason.ResumeTokenInvalid,
        "resume_token 不是本库为此筛选条件签发的；请不带令牌重新开始。",
        "The token was not issued by this store for this filter; start without it.")
    {
        Field = "resume_token",
    };

    private static Refusal Rewound { get; } = new(
        ErrorReason.LedgerRewound,
        "账本已不包含令牌所指的变更（数据库可能由较早的备份恢复）；请以快照重新开始。",
        "The ledger no longer holds the change that the token names (the database may have been restored from an older copy); start with a snapshot.")
    {
        Field = "resume_token",
    };
}
