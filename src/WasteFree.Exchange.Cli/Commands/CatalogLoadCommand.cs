using System.CommandLine;
using Google.Protobuf;
using WasteFree.Exchange.Cli.Layout;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx catalog load</c>: loads tables over the catalogue, all or nothing.</summary>
internal static class CatalogLoadCommand
{
    private const string AdminRole = "admin";

    public static Command Build(CommonOptions common)
    {
        var files = new (CatalogTableKind Kind, Option<FileInfo[]> Option)[]
        {
            (CatalogTableKind.Indicators, File("--indicators", "Indicator definitions")),
            (CatalogTableKind.Regions, File("--regions", "Regions")),
            (CatalogTableKind.Schemes, File("--schemes", "Schemes of regions")),
            (CatalogTableKind.SchemeMembers, File("--scheme-members", "Members of schemes")),
            (CatalogTableKind.Categories, File("--categories", "Categories")),
            (CatalogTableKind.Targets, File("--targets", "Targets")),
            (CatalogTableKind.Tasks, File("--tasks", "Tasks of a yearly plan")),
            (CatalogTableKind.Organizations, File("--organizations", "Organisations")),
            (CatalogTableKind.Mandates, File("--mandates", "Mandates")),
            (CatalogTableKind.Bridges, File("--bridges", "Bridges between versions of definitions")),
            (CatalogTableKind.Densities, File("--densities", "Densities, which turn volume into mass")),
            (CatalogTableKind.Grants, File("--grants", "Grants to read another province's conditional data")),
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Check the tables, apply nothing" };
        var command = new Command("load", "Load CSV tables, all or nothing 载入目录") { dryRun };
        foreach (var (_, option) in files) command.Add(option);
        command.Validators.Add(result =>
        {
            if (files.All(file => result.GetResult(file.Option) is null or { Implicit: true })) result.AddError("请至少指定一个表。 Name at least one table, for example --indicators F.csv.");
        });
        command.Runs(common, async (parse, cancellationToken) =>
        {
            var request = new LoadCatalogRequest { ValidateOnly = parse.GetValue(dryRun) };
            foreach (var (kind, option) in files)
                foreach (var file in parse.GetValue(option) ?? [])
                    request.Tables.Add(new CatalogTable
                    {
                        Kind = kind,
                        Name = file.Name,
                        Csv = UnsafeByteOperations.UnsafeWrap(await System.IO.File.ReadAllBytesAsync(file.FullName, cancellationToken)),
                    });
            using var connection = common.Connect(parse, AdminRole);
            var answer = await connection.Client.LoadCatalogAsync(request, cancellationToken);
            Write(answer, request.ValidateOnly, common.Terminal, parse.GetValue(common.Format));
            return answer.OutcomeCase == LoadCatalogResponse.OutcomeOneofCase.Loaded ? ExitCode.Done : ExitCode.Refused;
        });
        return command;
    }

    private static Option<FileInfo[]> File(string name, string description) =>
        new Option<FileInfo[]>(name) { Description = description, HelpName = "F.csv" }.AcceptExistingOnly();

    private static void Write(LoadCatalogResponse answer, bool dryRun, Terminal terminal, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            terminal.Out.WriteLine(Json.Of(answer));
            return;
        }
        if (answer.OutcomeCase == LoadCatalogResponse.OutcomeOneofCase.Loaded)
        {
            var loaded = answer.Loaded;
            if (format == OutputFormat.Csv)
                CsvText.Write(terminal.Out, ["catalog_version", "created", "replaced", "unchanged"],
                    [[loaded.CatalogVersion.ToString(), loaded.Created.ToString(), loaded.Replaced.ToString(), loaded.Unchanged.ToString()]]);
            else
                terminal.Results.Say(
                    (dryRun ? "检查通过，未载入 would be loaded: " : "已载入 loaded: ")
                    + $"{loaded.Created} 新增 created, {loaded.Replaced} 替换 replaced, {loaded.Unchanged} 未变 unchanged; 目录版本 catalogue {loaded.CatalogVersion}");
            return;
        }

        var rejected = answer.Rejected;
        if (format == OutputFormat.Csv)
        {
            CsvText.Write(terminal.Out, ["table", "line", "column", "observed", "message_zh", "message_en"],
                rejected.Faults.Select(fault => new[] { fault.Table, fault.Line.ToString(), fault.Column, fault.Observed, fault.MessageZh, fault.MessageEn }));
        }
        else
        {
            var table = new TextTable(
                TextColumn.Prose("表 Table"), TextColumn.Number("行 Line"), TextColumn.Prose("列 Column"), TextColumn.Prose("内容 Observed"), TextColumn.Prose("说明 Message"));
            foreach (var fault in rejected.Faults)
                table.Add(fault.Table, fault.Line.ToString(), fault.Column, fault.Observed, $"{fault.MessageZh}\n{fault.MessageEn}");
            terminal.Results.Show(table);
        }
        terminal.Note($"未载入任何内容：共{rejected.TotalSize}条问题。 Nothing was loaded: {rejected.TotalSize} faults.");
    }
}
