using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using WasteFree.Exchange.Server.Tests.Authorisation;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.NonInterference;

/// <summary>
/// Two hubs that differ in nothing but what a caller may not know of answer it the same, whatever it asks: contents, order,
/// counts, page boundaries, lengths of tokens, sizes of messages, hashes, texts of errors.
/// WASTEFREE_NONINTERFERENCE_STEPS makes the histories longer, WASTEFREE_NONINTERFERENCE_SEED makes them others.
/// </summary>
public sealed class NonInterferenceTests
{
    private const int QuestionsOfAStep = 6;
    private const int MostPages = 40;

    private static readonly int Steps = Number("WASTEFREE_NONINTERFERENCE_STEPS", 40);

    private static readonly int FirstSeed = Number("WASTEFREE_NONINTERFERENCE_SEED", 1);

    private static readonly IReadOnlyDictionary<string, MethodDescriptor> Methods =
        Decision.Methods.ToDictionary(method => $"{method.Service.Name}/{method.Name}");

    private static readonly string[] Asked =
    [
        .. Methods.Keys.Where(name => !ByDesign.NotAsked.ContainsKey(name)),
        // What tells rows is asked more often.
        .. Enumerable.Repeat(Methods.Keys.Where(name => name.StartsWith("MetricService/", StringComparison.Ordinal) || name == "FeedService/Watch"), 4).SelectMany(names => names),
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Two_hubs_that_differ_in_hidden_rows_alone_answer_every_question_the_same(int number)
    {
        var seed = FirstSeed + number;
        var random = new Random(seed);
        await using var twins = await Twins.StartAsync();
        var history = new TwinHistory(random, twins);
        var asked = new Dictionary<string, int>();
        var refused = 0;
        for (var step = 0; step < Steps; step++)
        {
            await history.StepAsync();
            for (var i = 0; i < QuestionsOfAStep; i++)
            {
                var (caller, name) = (TwinTables.Observers[random.Next(TwinTables.Observers.Length)].Id, Asked[random.Next(Asked.Length)]);
                var request = new RandomAsking(random, history, caller, await twins.HeadAsync(), twins.Clock.GetUtcNow()).To(name);
                var question = $"seed {seed}, step {step}, question {i}: {name} by {caller}: {request}";
                var (pages, refusals) = await CompareAsync(twins, Methods[name], request, caller, question);
                asked[name] = asked.GetValueOrDefault(name) + pages;
                refused += refusals;
            }
        }
        Assert.True(history.Differences > Steps / 3 && refused > 0 && asked.Count > 15, "The questions were too tame.");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"seed {seed}: {Steps} steps, {history.Differences} of them different, {asked.Values.Sum()} answers to {asked.Count} methods compared, {refused} of them refusals");
    }

    [Fact]
    public void Every_method_is_asked_or_is_not_for_a_reason() =>
        Assert.All(ByDesign.NotAsked.Keys, name => Assert.True(Methods.ContainsKey(name), name));

    /// <summary>Page by page, each hub with its own tokens.</summary>
    private static async Task<(int Pages, int Refusals)> CompareAsync(Twins twins, MethodDescriptor method, IMessage request, string caller, string question)
    {
        IMessage[] requests = [.. twins.Hubs.Select(_ => request.Descriptor.Parser.ParseFrom(request.ToByteString()))];
        for (var page = 1; ; page++)
        {
            var answers = new List<Answer>();
            foreach (var (hub, own) in twins.Hubs.Zip(requests)) answers.Add(await Answer.ToAsync(hub, method, own, RunningHub.As(caller)));
            Same(answers[0].Lines, answers[1].Lines, $"{question}, page {page}");
            if (answers[0].IsRefusal) return (page, 1);
            if (page == MostPages || !requests.Zip(answers).All(pair => GoesOn(pair.First, pair.Second.Messages[0]))) return (page, 0);
        }
    }

    /// <summary>Asks for the next page.</summary>
    /// <returns>There is one.</returns>
    private static bool GoesOn(IMessage request, IMessage answer)
    {
        var token = answer.Descriptor.FindFieldByName("next_page_token")?.Accessor.GetValue(answer) as string;
        if (string.IsNullOrEmpty(token)) return false;
        request.Descriptor.FindFieldByName("page_token").Accessor.SetValue(request, token);
        return true;
    }

    private static void Same(IReadOnlyList<string> one, IReadOnlyList<string> other, string question)
    {
        foreach (var (mine, its) in one.Zip(other))
            if (mine != its) Assert.Fail($"{question}\none:   {mine}\nother: {its}");
        if (one.Count != other.Count) Assert.Fail($"{question}\none hub said {one.Count} things, the other one {other.Count}:\n{string.Join('\n', one)}\n---\n{string.Join('\n', other)}");
    }

    private static int Number(string variable, int standard) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : standard;
}
