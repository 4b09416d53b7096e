using System.Globalization;
using WasteFree.Exchange.Cli;
using WasteFree.Exchange.Cli.Output;

// Numbers and order do not depend on the machine's language. The runtime's own invariant mode would do the same, but the
// client of SQL Server refuses to work in it.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

return await Wfx.RunAsync(args, Terminal.OfProcess(), CancellationToken.None);
