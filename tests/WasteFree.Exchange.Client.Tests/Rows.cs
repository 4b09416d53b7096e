using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client.Tests;

/// <summary>Illustrative observations: daily amounts of collected waste, each with a key of its own.</summary>
internal static class Rows
{
    private static readonly string[] Scopes = ["WHOLE", "URBAN", "BUILT_UP", "RURAL"];
    private static readonly DateOnly First = new(1970, 1, 1);

    public static Observation At(int number) => new()
    {
        Region = "500101",
        Indicator = "ZW21-11",
        Scope = Scopes[number % Scopes.Length],
        Period = First.AddDays(number / Scopes.Length).ToString("yyyy-MM-dd"),
        Value = $"{number}.50",
        Unit = "t",
        Note = "示例",
    };

    /// <summary>A source that does something once, the first time it comes to a row.</summary>
    public static Func<CancellationToken, IAsyncEnumerable<Observation>> Source(int count, int pauseAt = -1, Func<Task>? once = null)
    {
        return Read;

        async IAsyncEnumerable<Observation> Read([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (var number = 0; number < count; number++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (number == pauseAt && once is { } act)
                {
                    once = null;
                    await act();
                }
                yield return At(number);
            }
        }
    }

    public static ReportUpload Upload(string report, int count) => new()
    {
        Report = ReportUpload.NameOf(HubInProcess.Organization, report),
        Rows = Source(count),
    };
}
