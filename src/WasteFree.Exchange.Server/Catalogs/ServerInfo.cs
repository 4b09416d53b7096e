using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WasteFree.Exchange.Server.Ledger;
using WasteFree.Exchange.Server.Limits;
using WasteFree.Exchange.Server.Metrics;
using WasteFree.Exchange.Server.Reports;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Catalogs;

/// <summary>What the hub says of itself, and to a caller of what concerns it.</summary>
internal sealed class ServerInfo(IExchangeStore store, ILedgerSigner signer, LedgerKeys keys, HubLimits quotas, HubOptions options)
{
    private static readonly string Version =
        typeof(ServerInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public async Task<GetServerInfoResponse> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        var head = await store.ReadHeadAsync(cancellationToken).ConfigureAwait(false);
        return new GetServerInfoResponse
        {
            Version = Version,
            Features = { Features() },
            HeadPosition = head.Position,
            CatalogVersion = head.CatalogVersion,
            LedgerId = await store.ReadLedgerIdAsync(cancellationToken).ConfigureAwait(false),
            LedgerKeys = { (await keys.ReadAsync(head.Position, cancellationToken).ConfigureAwait(false)).Select(ToMessage) },
            Limits = Limits(),
            Quota = ToMessage(quotas.Of(caller.Principal.Organization ?? Quotas.Nobody)),
            CredentialEndTime = caller.Expires is { } end && end < DateTimeOffset.MaxValue ? end.ToTimestamp() : null,
        };
    }

    private IEnumerable<Feature> Features()
    {
        yield return Feature.Signatures;
        if (options.SecurityDirectory is not null) yield return Feature.Authentication;
        if (options.AllowIllustrative) yield return Feature.IllustrativeData;
    }

    private LedgerKey ToMessage(LedgerKeyUse use) => new()
    {
        KeyId = use.KeyId,
        Algorithm = use.Algorithm,
        PublicKey = use.KeyId == signer.KeyId ? UnsafeByteOperations.UnsafeWrap(signer.PublicKey) : ByteString.Empty,
        FirstPosition = use.FirstPosition,
        LastPosition = use.LastPosition,
        Active = use.KeyId == signer.KeyId,
    };

    private ServerLimits Limits() => new()
    {
        MaxMessageBytes = ReportLimits.MaxMessageBytes,
        MaxCatalogBytes = AdminService.MaxMessageBytes,
        MaxRows = ReportLimits.MaxRows,
        MaxMessageRows = ReportLimits.MaxMessageRows,
        MaxEntries = FilterReader.MaxEntries,
        MaxCells = ComparisonQuery.MaxCells,
        MaxObservations = ComparisonDesk.MaxObservations,
        MaxPageSize = AnswerPage.MaxRows,
        MaxPageBytes = AnswerPage.AnswerBytes,
        StreamIdle = options.StreamIdleTimeout.ToDuration(),
        StreamAge = options.StreamMaxAge.ToDuration(),
        UploadLife = UploadExpiry.Lifetime.ToDuration(),
    };

    private static CallerQuota ToMessage(OrganizationLimits limits) => new()
    {
        Streams = Bounded(limits.Streams, int.MaxValue),
        Questions = Bounded(limits.Questions, int.MaxValue),
        QuestionsPerCaller = Bounded(limits.QuestionsPerCaller, int.MaxValue),
        CallsPerMinute = Bounded(limits.CallsPerMinute, int.MaxValue),
        RowsPerMinute = Bounded(limits.RowsPerMinute, long.MaxValue),
        BytesPerMinute = Bounded(limits.BytesPerMinute, long.MaxValue),
        QuerySecondsPerMinute = limits.QuerySecondsPerMinute >= OrganizationLimits.None.QuerySecondsPerMinute ? 0 : (long)Math.Ceiling(limits.QuerySecondsPerMinute),
        StoredRows = Bounded(limits.StoredRows, long.MaxValue),
    };

    private static long Bounded(long limit, long none) => limit == none ? 0 : limit;
}
