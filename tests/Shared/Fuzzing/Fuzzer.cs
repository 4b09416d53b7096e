using System.Diagnostics;
using System.Globalization;

namespace WasteFree.Exchange.Tests.Shared.Fuzzing;

/// <summary>
/// Gives a check inputs made from a corpus: first the corpus itself, then mutations of it, for a time. The time is short
/// unless WASTEFREE_FUZZ_SECONDS names another; the seed is fixed unless WASTEFREE_FUZZ_SEED names another.
/// </summary>
internal sealed class Fuzzer(string corpus)
{
    private const double StandardSeconds = 2;
    private const int MostBytes = 64 * 1024;

    private static readonly double Seconds = Number("WASTEFREE_FUZZ_SECONDS", StandardSeconds);

    private readonly byte[][] _seeds =
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "corpus", corpus)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private readonly Random _random = new((int)Number("WASTEFREE_FUZZ_SEED", 1));

    /// <returns>How many inputs were tried.</returns>
    /// <exception cref="InvalidOperationException">The check failed; the message holds the input, to be kept in the corpus.</exception>
    public async Task<int> RunAsync(Func<byte[], Task> check)
    {
        if (_seeds.Length == 0) throw new InvalidOperationException($"tests/corpus/{corpus} is empty.");
        var began = Stopwatch.GetTimestamp();
        var tried = 0;
        while (tried < _seeds.Length || Stopwatch.GetElapsedTime(began).TotalSeconds < Seconds)
        {
            var input = tried < _seeds.Length ? _seeds[tried] : Mutated();
            try
            {
                await check(input);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Input {tried} of {corpus}, keep it as a file of tests/corpus/{corpus}: base64 {Convert.ToBase64String(input)}", e);
            }
            tried++;
        }
        return tried;
    }

    public Task<int> RunAsync(Action<byte[]> check) => RunAsync(input =>
    {
        check(input);
        return Task.CompletedTask;
    });

    private byte[] Mutated()
    {
        var bytes = Pick().ToList();
        for (var steps = _random.Next(1, 8); steps > 0; steps--) Mutate(bytes);
        return bytes.Count > MostBytes ? [.. bytes[..MostBytes]] : [.. bytes];
    }

    private void Mutate(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count + 1);
        var length = Math.Min(_random.Next(1, 16), bytes.Count - at);
        switch (_random.Next(7))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 2:
                bytes.Insert(at, Interesting());
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(_random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 5:
                var other = Pick();
                var from = _random.Next(other.Length + 1);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + _random.Next(1, 64))]);
                break;
            default:
                for (var times = _random.Next(1, 200); times > 0; times--) bytes.Insert(at, at < bytes.Count ? bytes[at] : Interesting());
                break;
        }
    }

    private byte[] Pick() => _seeds[_random.Next(_seeds.Length)];

    private byte Interesting()
    {
        ReadOnlySpan<byte> bytes = "\0\t\n\r \"',;.+-/0159EeQWM_\u007f"u8;
        return _random.Next(4) == 0 ? (byte)_random.Next(128, 256) : bytes[_random.Next(bytes.Length)];
    }

    private static double Number(string variable, double standard) =>
        double.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : standard;
}
