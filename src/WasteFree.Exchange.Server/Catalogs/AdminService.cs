using Grpc.Core;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Server.Audit;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Server.Ledger;
using WasteFree.Exchange.V1;
using CatalogFault = WasteFree.Exchange.V1.CatalogFault;
using CatalogTable = WasteFree.Exchange.Catalog.CatalogTable;
using CatalogTableKind = WasteFree.Exchange.Catalog.CatalogTableKind;

namespace WasteFree.Exchange.Server.Catalogs;

/// <summary>The administration service.</summary>
internal sealed class AdminService(CatalogDesk desk, LedgerVerifier verifier) : V1.AdminService.AdminServiceBase
{
    public const int MaxMessageBytes = 4 << 20;

    private const int MaxFaults = 1_000;

    public override async Task<LoadCatalogResponse> LoadCatalog(LoadCatalogRequest request, ServerCallContext context)
    {
        if (request.Tables.Count == 0)
            throw Refusal.FieldInvalid("tables", "至少要有一张表。", "at least one table is needed.").ToException();
        var tables = request.Tables.Select((table, i) => new CatalogTable(KindOf(table.Kind, i), NameOf(table.Name, i), table.Csv.Memory)).ToList();
        var (load, version) = await desk.LoadAsync(tables, request.ValidateOnly, AuditCalls.Of(context), context.CancellationToken);
        return load.Faults.Count > 0
            ? new LoadCatalogResponse { Rejected = ToMessage(load.Faults) }
            : new LoadCatalogResponse
            {
                Loaded = new CatalogLoaded
                {
                    CatalogVersion = version,
                    Created = load.Created,
                    Replaced = load.Replaced,
                    Unchanged = load.Unchanged,
                },
            };
    }

    public override Task VerifyLedger(
        VerifyLedgerRequest request, IServerStreamWriter<VerifyLedgerResponse> responseStream, ServerCallContext context) =>
        verifier.RunAsync(request, responseStream, context.CancellationToken);

    private static CatalogRejected ToMessage(IReadOnlyList<Catalog.CatalogFault> faults) => new()
    {
        TotalSize = faults.Count,
        Faults =
        {
            faults.Take(MaxFaults).Select(fault => new CatalogFault
            {
                Table = fault.Table,
                Line = fault.Line,
                Column = fault.Column,
                Observed = fault.Observed,
                MessageZh = fault.MessageZh,
                MessageEn = fault.MessageEn,
            }),
        },
    };

    private static string NameOf(string name, int index) => name.Length > 0 ? name : $"tables[{index}]";

    private static CatalogTableKind KindOf(V1.CatalogTableKind kind, int index) => kind switch
    {
        V1.CatalogTableKind.Indicators => CatalogTableKind.Indicators,
        V1.CatalogTableKind.Regions => CatalogTableKind.Regions,
        V1.CatalogTableKind.Categories => CatalogTableKind.Categories,
        V1.CatalogTableKind.Targets => CatalogTableKind.Targets,
        V1.CatalogTableKind.Tasks => CatalogTableKind.Tasks,
        V1.CatalogTableKind.Organizations => CatalogTableKind.Organizations,
        V1.CatalogTableKind.Mandates => CatalogTableKind.Mandates,
        V1.CatalogTableKind.Bridges => CatalogTableKind.Bridges,
        V1.CatalogTableKind.Densities => CatalogTableKind.Densities,
        V1.CatalogTableKind.Schemes => CatalogTableKind.Schemes,
        V1.CatalogTableKind.SchemeMembers => CatalogTableKind.SchemeMembers,
        V1.CatalogTableKind.Grants => CatalogTableKind.Grants,
        _ => throw Refusal.FieldInvalid($"tables[{index}].kind", "没有这种表。", "no such kind of table.").ToException(),
    };
}
