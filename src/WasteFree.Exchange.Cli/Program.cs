using WasteFree.Exchange.Cli;
using WasteFree.Exchange.Cli.Output;

return await Wfx.RunAsync(args, Terminal.OfProcess(), CancellationToken.None);
