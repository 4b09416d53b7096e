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
    private const int QuestionsOfAStep = 5;
    private const int MostPages = 40;
    private const int CostedQuestions = 50;
    private const int Askings = 3;

    private static readonly int Steps = Number("WASTEFREE_NONINTERFERENCE_STEPS", 36);

    private static readonly int FirstSeed = Number("WASTEFREE_NONINTERFERENCE_SEED", 1);

    private static readonly IReadOnlyDictionary<string, MethodDescriptor> Methods =
        Decision.Methods.ToDictionary(method => $"{method.Service.Name}/{method.Name}");

    private static readonly string[] Reading = [.. Methods.Keys.Where(name => name.StartsWith("MetricService/", StringComparison.Ordinal) || name == "FeedService/Watch")];

    /// <summary>What tells rows is asked more often.</summary>
    private static readonly string[] Asked =
        [.. Methods.Keys.Where(name => !ByDesign.NotAsked.ContainsKey(name)), .. Enumerable.Repeat(Reading, 4).SelectMany(names => names)];

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
        var kept = new List<Kept>();
        for (var step = 0; step < Steps; step++)
        {
            await history.StepAsync();
            for (var i = 0; i < QuestionsOfAStep; i++)
            {
                var (caller, name) = (TwinTables.Observers[random.Next(TwinTables.Observers.Length)].Id, Asked[random.Next(Asked.Length)]);
                var request = new RandomAsking(random, history, caller, await twins.HeadAsync(), twins.Clock.GetUtcNow()).To(name);
                var question = $"seed {seed}, step {step}, question {i}: {name} by {caller}: {request}";
                var (pages, refusals) = await CompareAsync(twins, new Kept(Methods[name], caller, [request.Copy(), request.Copy()]), question, kept);
                asked[name] = asked.GetValueOrDefault(name) + pages;
                refused += refusals;
            }
            if (kept.Count == 0) continue;
            // Where an earlier answer ended: what came since is told.
            var later = kept[random.Next(kept.Count)];
            await CompareAsync(twins, later, $"seed {seed}, step {step}: resumed {later.Method.Name} by {later.Caller}: {later.Requests[0]}", kept);
        }
        Assert.True(history.Differences > Steps / 3 && refused > 0 && asked.Count > 15, "The questions were too tame.");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"seed {seed}: {Steps} steps, {history.Differences} of them different, {asked.Values.Sum()} answers to {asked.Count} methods compared, {refused} of them refusals");
    }

    [Fact]
    public async Task What_an_answer_costs_the_database_is_of_the_same_class_in_both_hubs()
    {
        HubFolder.RequireSqlite();
        var random = new Random(FirstSeed);
        await using var twins = await Twins.StartAsync();
        var history = new TwinHistory(random, twins);
        for (var step = 0; step < Steps; step++) await history.StepAsync();
        StoreWork[] meters = [.. twins.Hubs.Select(hub => new StoreWork(hub))];
        var (head, now) = (await twins.HeadAsync(), twins.Clock.GetUtcNow());
        for (var i = 0; i < CostedQuestions; i++)
        {
            var (caller, name) = (TwinTables.Observers[random.Next(TwinTables.Observers.Length)].Id, Reading[random.Next(Reading.Length)]);
            var request = new RandomAsking(random, history, caller, head, now).To(name);
            var work = new List<Work>();
            foreach (var (hub, meter) in twins.Hubs.Zip(meters)) work.Add(await LeastAsync(meter, () => Answer.ToAsync(hub, Methods[name], request, RunningHub.As(caller))));
            Assert.True(work[0].IsOfTheClassOf(work[1]), $"question {i}: {name} by {caller}: {request}\none:   {work[0]}\nother: {work[1]}");
        }
        Assert.All(meters, meter => Assert.True(meter.Total.Statements > CostedQuestions, "The counters do not hang on the connections of the hub."));
        TestContext.Current.TestOutputHelper?.WriteLine($"{CostedQuestions} questions: {meters[0].Total} and {meters[1].Total}");
    }

    /// <summary>Of several askings: what the hub does beside them only adds, and what it keeps in mind is kept after the first.</summary>
    private static async Task<Work> LeastAsync(StoreWork meter, Func<Task<Answer>> ask)
    {
        var all = new List<Work>();
        for (var i = 0; i < Askings; i++) all.Add((await meter.OfAsync(ask)).Work);
        return new Work(all.Min(work => work.Statements), all.Min(work => work.Steps));
    }

    [Fact]
    public void Every_method_is_asked_or_is_not_for_a_reason() =>
        Assert.All(ByDesign.NotAsked.Keys, name => Assert.True(Methods.ContainsKey(name), name));

    /// <summary>Page by page, each hub with its own tokens.</summary>
    private static async Task<(int Pages, int Refusals)> CompareAsync(Twins twins, Kept asked, string question, List<Kept> kept)
    {
        IMessage[] requests = [.. asked.Requests.Select(request => request.Copy())];
        for (var page = 1; ; page++)
        {
            var answers = new List<Answer>();
            foreach (var (hub, own) in twins.Hubs.Zip(requests)) answers.Add(await Answer.ToAsync(hub, asked.Method, own, RunningHub.As(asked.Caller)));
            Same(answers[0].Lines, answers[1].Lines, $"{question}, page {page}");
            if (answers[0].IsRefusal) return (page, 1);
            if (requests.Zip(answers).All(pair => Resumes(pair.First, pair.Second.Messages[^1]))) kept.Add(asked with { Requests = requests });
            if (page == MostPages || !requests.Zip(answers).All(pair => GoesOn(pair.First, pair.Second.Messages[0]))) return (page, 0);
        }
    }

    /// <summary>Asks for what comes after the last message of a stream.</summary>
    /// <returns>It can be resumed there.</returns>
    private static bool Resumes(IMessage request, IMessage last)
    {
        if (request is not WatchRequest watch || last is not WatchResponse { ResumeToken: { Length: > 0 } token }) return false;
        watch.ResumeToken = token;
        return true;
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

    /// <summary>A question to both hubs, which have tokens of their own.</summary>
    private sealed record Kept(MethodDescriptor Method, string Caller, IMessage[] Requests);

    private static int Number(string variable, int standard) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : standard;
}
