using System.CommandLine;
using WasteFree.Exchange.Cli.Catalogue;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Running;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx catalog</c>: what is measured, where, by whom and what for.</summary>
internal static class CatalogCommand
{
    public static Command Build(CommonOptions common)
    {
        var command = new Command("catalog", "List the catalogue, or load tables over it 目录") { CatalogLoadCommand.Build(common) };
        foreach (var list in CatalogLists.All)
        {
            var listing = new Command(list.Name, list.Description);
            listing.Runs(common, async (parse, cancellationToken) =>
            {
                using var connection = common.Connect(parse);
                var table = await list.ReadAsync(connection.Client, cancellationToken);
                switch (parse.GetValue(common.Format))
                {
                    case OutputFormat.Json:
                        common.Terminal.Out.WriteLine(Json.Of(table.Message));
                        break;
                    case OutputFormat.Csv:
                        CsvText.Write(common.Terminal.Out, table.Header, table.Records);
                        break;
                    default:
                        table.Show(common.Terminal.Results);
                        break;
                }
                return ExitCode.Done;
            });
            command.Add(listing);
        }
        return command;
    }
}
