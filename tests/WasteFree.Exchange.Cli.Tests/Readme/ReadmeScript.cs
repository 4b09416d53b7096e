using System.Text.RegularExpressions;

namespace WasteFree.Exchange.Cli.Tests.Readme;

/// <summary>
/// The bash script that runs a section as a reader would. It differs from the text in four ways: fixed ports become
/// free ones, <c>/tmp</c> becomes a folder of this run, a hub that stays up is started in the background and awaited,
/// and the commands of <see cref="NotHere"/> are left out.
/// </summary>
internal static partial class ReadmeScript
{
    /// <summary>Port of a hub that is started without <c>--urls</c>.</summary>
    public const int DefaultPort = 5080;

    // They fetch the repository that these tests stand in, or would start these tests again.
    private static readonly string[] NotHere = ["git clone ", "bash tests/all.sh", "dotnet test", "dotnet run --project tests/"];

    private const string Prologue = """
        set -Eeuo pipefail
        set -m  # each background job is a process group, so that a hub ends with all that it started
        shopt -s expand_aliases
        hubs=()
        trap 'echo "README: this command failed: $BASH_COMMAND" >&2' ERR
        trap 'for hub in "${hubs[@]}"; do kill -- "-$hub" 2>/dev/null || true; done; wait' EXIT
        await_hub() {
            hubs+=("$1")
            for ((try = 0; try < 600; try++)); do
                if ! kill -0 "$1" 2>/dev/null; then break; fi
                if (exec 3<>"/dev/tcp/127.0.0.1/$2") 2>/dev/null && grep -q "$3" hub.log; then return 0; fi
                sleep 0.1
            done
            echo "README: the hub did not come up on port $2. It said:" >&2
            cat hub.log >&2
            return 1
        }

        """;

    public static string Of(ReadmeSection section, Func<int, int> freePort, string temporary) =>
        Prologue + string.Concat(section.Commands
            .Where(IsHere)
            .Select(command => Line(TemporaryFolder().Replace(command, _ => temporary + "/"), freePort) + "\n"));

    private static bool IsHere(string command) => !NotHere.Any(start => command.TrimStart().StartsWith(start, StringComparison.Ordinal));

    private static string Line(string command, Func<int, int> freePort)
    {
        var moved = LocalPort().Replace(command, match => $"127.0.0.1:{freePort(int.Parse(match.Groups["port"].Value))}");
        var hub = StayingHub().Match(moved);
        if (!hub.Success || moved.Contains("--exit", StringComparison.Ordinal)) return moved;

        if (!moved.Contains("--urls", StringComparison.Ordinal))
            moved = moved.Insert(hub.Index + hub.Length, $" --urls http://127.0.0.1:{freePort(DefaultPort)}");
        var port = LocalPort().Match(moved[moved.IndexOf("--urls", StringComparison.Ordinal)..]).Groups["port"].Value;
        // A demo listens before its data are in; it says how to stop it when it is done. A hub says anything.
        var ready = hub.Groups["verb"].Value == "demo" ? "Ctrl+C" : ".";
        // Replaced by the hub, the background shell has its process id: waiting for it waits for the hub's own end.
        return $"{{ exec env {moved.Trim().TrimEnd('&')}\n}} >hub.log 2>&1 &\nawait_hub $! {port} '{ready}'";
    }

    [GeneratedRegex(@"(?<![\w./-])/tmp/")]
    private static partial Regex TemporaryFolder();

    [GeneratedRegex(@"(?:127\.0\.0\.1|localhost):(?<port>\d{2,5})")]
    private static partial Regex LocalPort();

    [GeneratedRegex(@"(?:^|\s)(?:wfx|--)\s+(?<verb>serve|demo)\b")]
    private static partial Regex StayingHub();
}
