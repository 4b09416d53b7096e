using System.CommandLine;
using System.Security.Authentication;
using WasteFree.Exchange.Cli.Hosting;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Client;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Cli.Running;

/// <summary>Runs a command and says its end in plain words: no exception of any kind reaches the user as a trace.</summary>
internal static class Guard
{
    /// <summary>EPIPE, as .NET hands it on.</summary>
    private const int BrokenPipe = 32;

    public static void Runs(this Command command, CommonOptions common, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parse, cancellationToken) =>
        {
            var terminal = common.Terminal;
            try
            {
                if (parse.GetValue(common.Excel) && parse.GetValue(common.Format) == OutputFormat.Csv) terminal.MarkOutput();
                return await action(parse, cancellationToken);
            }
            catch (ExchangeException exception)
            {
                Say(terminal, exception);
                // Whoever wrote the name has to write another, as for an option that is misspelt.
                return exception.Reason == ErrorReason.NameAmbiguous ? ExitCode.Usage : ExitCode.Refused;
            }
            catch (HubUnreachableException exception)
            {
                var hub = parse.GetValue(common.Hub);
                terminal.Note($"无法连接服务 {hub}：请确认服务已启动（wfx serve）且地址正确（--hub 或 WFX_HUB）。");
                terminal.Note($"The hub at {hub} cannot be reached ({Line(exception.Message)}). Is it running (wfx serve), and is the address right (--hub or WFX_HUB)?");
                if (exception.Message.Contains(nameof(AuthenticationException), StringComparison.Ordinal))
                    terminal.Note("服务证书未被信任：请用 --ca 指明其签发机构的证书。 The hub's certificate is not trusted: name its authority's with --ca.");
                return ExitCode.NotReachable;
            }
            catch (HubFaultException exception)
            {
                terminal.Note(exception.Message);
                return ExitCode.Fault;
            }
            catch (UsageException exception)
            {
                return terminal.Usage(VisibleText.Lines(exception.Message));
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                terminal.Note("已中断。 Interrupted.");
                return ExitCode.Interrupted;
            }
            catch (IOException exception) when (exception.HResult == BrokenPipe)
            {
                // The reader of the output has seen enough: there is nobody to tell.
                return ExitCode.Refused;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException { ParamName: null })
            {
                // An argument without a name is a file or an option that does not hold what it should: said in words.
                terminal.Note(VisibleText.Lines(exception.Message));
                return ExitCode.Refused;
            }
            catch (Exception exception)
            {
                // A fault of this program. Its name helps whoever mends it; a trace helps nobody at a prompt.
                terminal.Note($"程序内部错误 a fault of this program ({exception.GetType().Name}): {VisibleText.Lines(exception.Message)}");
                return ExitCode.Refused;
            }
        });

    /// <summary>Words of a hub, in a line each: whoever runs it writes no lines that look like this program's.</summary>
    private static void Say(Terminal terminal, ExchangeException exception)
    {
        if (exception.MessageZh.Length > 0) terminal.Note(Line(exception.MessageZh));
        terminal.Note(Line(exception.MessageEn));
        var field = exception.Field.Length > 0 ? $", field {exception.Field}" : "";
        terminal.Note(Line($"[{exception.Reason.Code()}, {exception.Code}{field}]"));
    }

    private static string Line(string text) => VisibleText.Of(text, int.MaxValue);
}
