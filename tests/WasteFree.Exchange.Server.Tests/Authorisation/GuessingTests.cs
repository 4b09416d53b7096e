using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using WasteFree.Exchange.Digests;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Values;
using Xunit;
using Observation = WasteFree.Exchange.V1.Observation;
using Receipt = WasteFree.Exchange.V1.Receipt;

namespace WasteFree.Exchange.Server.Tests.Authorisation;

/// <summary>
/// An organisation commits before and after a report of which it may read one row of two. It knows all of the report but one
/// number, keeps every byte that the hub tells it, and tries each number that there can be.
/// </summary>
public sealed class GuessingTests : IAsyncLifetime
{
    private const string Owner = "west";
    private const string Adversary = "far";
    private const int Secret = 417;
    private const int Candidates = 1_000;
    private const int Shown = 8; // bytes of a hash that are enough to know it again

    private readonly HashSet<ulong> _told = [];
    private readonly List<(string Kind, string Text)> _tokens = [];
    private SharingHub _sharing = null!;
    private Receipt _before = null!;
    private Receipt _hidden = null!;
    private Receipt _after = null!;
    private ObservationRecord _seen = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sharing = await SharingHub.StartAsync();
        _before = await SubmitAsync(Adversary, Rows.Name("before", Adversary), SharingHub.Row(Adversary, SharingHub.Free, "2023", "1"));
        var named = await Hub.Reports.NameReportAsync(
            new NameReportRequest { Parent = $"organizations/{Owner}", ContentHash = ByteString.CopyFrom(SHA256.HashData(FileOf(Secret))) },
            RunningHub.As(Owner), cancellationToken: Cancelled);
        _hidden = await SubmitAsync(Owner, named.Name, Report(Secret));
        _after = await SubmitAsync(Adversary, Rows.Name("after", Adversary), SharingHub.Row(Adversary, SharingHub.Free, "2024", "1"));
        await ListenAsync();
    }

    public ValueTask DisposeAsync() => _sharing.DisposeAsync();

    private RunningHub Hub => _sharing.Hub;

    [Fact]
    public void No_hash_chain_name_or_token_that_others_are_told_confirms_a_guess_of_a_hidden_number()
    {
        var confirmed = new List<string>();
        byte[][] salts = [new byte[LedgerEntry.SaltSize], [], _before.Salt.ToByteArray(), _after.Salt.ToByteArray()];
        for (var guess = 0; guess < Candidates; guess++)
        {
            Try(guess, "digest of rows", DigestOf(guess));
            Try(guess, "digest of rows as stored", StoredDigestOf(guess));
            Try(guess, "hash of the file", SHA256.HashData(FileOf(guess)));
            foreach (var salt in salts) Try(guess, "entry", EntryOf(guess, salt));
        }
        Assert.Empty(confirmed);

        void Try(int guess, string what, byte[] hash)
        {
            if (_told.Contains(BinaryPrimitives.ReadUInt64BigEndian(hash))) confirmed.Add($"{guess} by {what}");
        }
    }

    [Fact]
    public void Whoever_holds_the_receipt_makes_the_hash_that_the_next_entry_names()
    {
        // The guesses above fail for want of the salt alone: with it the one true number is found.
        Assert.Equal(_hidden.EntryHash, _after.PreviousHash);
        var found = Enumerable.Range(0, Candidates).Where(guess => EntryOf(guess, _hidden.Salt.ToByteArray()).AsSpan().SequenceEqual(_after.PreviousHash.Span));
        Assert.Equal([Secret], found);
        Assert.Contains(BinaryPrimitives.ReadUInt64BigEndian(_hidden.EntryHash.Span), _told);
    }

    [Fact]
    public void What_others_see_of_the_report_is_its_name_and_the_free_row()
    {
        Assert.Equal(SharingHub.Free, _seen.Observation.Indicator);
        Assert.Equal(_hidden.Report, _seen.Report);
        Assert.Matches("^organizations/west/reports/f-[0-9a-f]{32}$", _seen.Report);
        Assert.DoesNotContain(BinaryPrimitives.ReadUInt64BigEndian(_hidden.Salt.Span), _told);
        Assert.DoesNotContain(BinaryPrimitives.ReadUInt64BigEndian(_hidden.Digest.Span), _told);
        Assert.DoesNotContain(BinaryPrimitives.ReadUInt64BigEndian(_hidden.StoredDigest.Span), _told);
    }

    [Fact]
    public async Task The_same_content_has_the_same_name_for_its_owner_and_another_for_anybody_else()
    {
        async Task<string> NameAsync(string organization, int number) => (await Hub.Reports.NameReportAsync(
            new NameReportRequest { Parent = $"organizations/{organization}", ContentHash = ByteString.CopyFrom(SHA256.HashData(FileOf(number))) },
            RunningHub.As(organization), cancellationToken: Cancelled)).Name;

        Assert.Equal(_hidden.Report, await NameAsync(Owner, Secret));
        Assert.NotEqual(_hidden.Report, await NameAsync(Owner, Secret + 1));
        Assert.NotEqual(_hidden.Report.Split('/')[^1], (await NameAsync(Adversary, Secret)).Split('/')[^1]);
        var refused = await Refused.ByAsync(Hub.Reports.NameReportAsync(
            new NameReportRequest { Parent = $"organizations/{Owner}", ContentHash = ByteString.CopyFrom(new byte[32]) }, RunningHub.As(Adversary), cancellationToken: Cancelled));
        Assert.Equal(ErrorReason.AuthorityMissing, refused.Reason);
        var malformed = await Refused.ByAsync(Hub.Reports.NameReportAsync(
            new NameReportRequest { Parent = $"organizations/{Owner}", ContentHash = ByteString.CopyFrom(new byte[31]) }, RunningHub.As(Owner), cancellationToken: Cancelled));
        Assert.Equal(ErrorReason.FieldInvalid, malformed.Reason);
    }

    [Fact]
    public void Tokens_hold_no_number_in_the_clear_and_have_one_size_for_each_kind()
    {
        Assert.InRange(_tokens.Count, 6, 1_000);
        Assert.Equal(_tokens.Select(token => token.Kind).Distinct().Count(), _tokens.Select(token => (token.Kind, token.Text.Length)).Distinct().Count());
        Assert.Equal(_tokens.Count, _tokens.Distinct().Count());
        // A position, an offset, the number of a series or a changeset: eight bytes of which the first five are zero.
        foreach (var token in _tokens)
            Assert.DoesNotContain(Windows(Convert.FromBase64String(token.Text)), window => window >> 24 == 0);
    }

    [Fact]
    public async Task A_token_is_taken_where_a_list_is_in_another_order_and_nowhere_else()
    {
        var request = new QueryObservationsRequest { PageSize = 1, Filter = new V1.ObservationFilter { Indicators = { SharingHub.Free }, Periods = { "2023", "2024" } } };
        var first = await QueryAsync(request);
        Assert.NotEmpty(first.NextPageToken);
        var next = new QueryObservationsRequest(request) { PageToken = first.NextPageToken };
        var expected = await QueryAsync(next);

        var permuted = new QueryObservationsRequest(next);
        permuted.Filter.Periods.Clear();
        permuted.Filter.Periods.Add(["2024", "2023", "2024"]);
        Assert.Equal(expected.Observations, (await QueryAsync(permuted)).Observations);

        var other = new QueryObservationsRequest(next);
        other.Filter.Periods.Add("2022");
        Assert.Equal(ErrorReason.PageTokenInvalid, (await Refused.ByAsync(() => QueryAsync(other))).Reason);
        // A token of a query is none of a stream, though filter and caller are the same.
        using var stream = Hub.Metrics.StreamObservations(
            new StreamObservationsRequest { Filter = request.Filter, ResumeToken = first.NextPageToken }, RunningHub.As(Adversary), cancellationToken: Cancelled);
        Assert.Equal(ErrorReason.PageTokenInvalid, (await Refused.ByAsync(() => stream.ResponseStream.MoveNext(Cancelled))).Reason);
    }

    private async Task<QueryObservationsResponse> QueryAsync(QueryObservationsRequest request) =>
        await Hub.Metrics.QueryObservationsAsync(request, RunningHub.As(Adversary), cancellationToken: Cancelled);

    /// <summary>Everything that the adversary can ask for, kept byte for byte.</summary>
    private async Task ListenAsync()
    {
        var me = RunningHub.As(Adversary);
        Hear(_before);
        Hear(_after);
        Hear(await Hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), me, cancellationToken: Cancelled));
        for (var token = ""; ;)
        {
            var page = await QueryAsync(new QueryObservationsRequest { PageSize = 1, PageToken = token });
            Hear(page);
            _seen = page.Observations.SingleOrDefault(record => record.Organization == Owner) ?? _seen;
            token = page.NextPageToken;
            if (token.Length == 0) break;
        }
        Hear(await Hub.Metrics.ListRevisionsAsync(
            new ListRevisionsRequest { Indicator = SharingHub.Free, Region = SharingHub.RegionOf(Owner), Period = "2024" }, me, cancellationToken: Cancelled));
        Hear(await Hub.Metrics.DiffObservationsAsync(new DiffObservationsRequest { Since = new AsOf { Position = 1 }, PageSize = 1 }, me, cancellationToken: Cancelled));
        Hear(await Hub.Reports.ListReportsAsync(new ListReportsRequest { Parent = $"organizations/{Adversary}", PageSize = 1 }, me, cancellationToken: Cancelled));
        Hear(await Hub.Metrics.CompareMetricsAsync(
            new CompareMetricsRequest { Indicators = { SharingHub.Free }, Regions = { SharingHub.RegionOf(Owner) }, Periods = { "2024" } }, me, cancellationToken: Cancelled));
        using (var stream = Hub.Metrics.StreamObservations(new StreamObservationsRequest(), me, cancellationToken: Cancelled))
            await foreach (var part in stream.ResponseStream.ReadAllAsync(Cancelled)) Hear(part);
        foreach (var start in new[] { WatchStart.Earliest, WatchStart.Snapshot })
        {
            using var watch = Hub.Feed.Watch(new WatchRequest { StartAt = start }, me, cancellationToken: Cancelled);
            await foreach (var message in watch.ResponseStream.ReadAllAsync(Cancelled))
            {
                Hear(message);
                if (message.CaughtUp is not null) break;
            }
        }
    }

    private void Hear(IMessage message)
    {
        Hear(message.ToByteArray());
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            var value = field.Accessor.GetValue(message);
            foreach (var part in value is System.Collections.IEnumerable list and not string and not ByteString ? list.Cast<object>() : value is null ? [] : [value])
            {
                switch (part)
                {
                    case IMessage inner:
                        Hear(inner);
                        break;
                    case string text when field.Name.EndsWith("_token", StringComparison.Ordinal) && text.Length > 0:
                        _tokens.Add((message.Descriptor.Name, text));
                        Hear(Convert.FromBase64String(text));
                        break;
                    case string text when text.Split('/')[^1] is ['f', '-', .. var digits]:
                        Hear(Convert.FromHexString(digits));
                        break;
                }
            }
        }
    }

    private void Hear(byte[] bytes)
    {
        foreach (var window in Windows(bytes)) _told.Add(window);
    }

    private static IEnumerable<ulong> Windows(byte[] bytes)
    {
        for (var i = 0; i + Shown <= bytes.Length; i++) yield return BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(i));
    }

    private static Observation[] Report(int number) =>
    [
        SharingHub.Row(Owner, SharingHub.Free, "2024", "5"),
        SharingHub.Row(Owner, SharingHub.Shut, "2024", number.ToString(CultureInfo.InvariantCulture)),
    ];

    private static byte[] FileOf(int number) => Encoding.UTF8.GetBytes(
        $"region,indicator,period,value,note\n510300,{SharingHub.Free},2024,5,示例\n510300,{SharingHub.Shut},2024,{number},示例\n");

    private static byte[] DigestOf(int number) => Rows.Digest(Report(number)).ToByteArray();

    private static byte[] StoredDigestOf(int number)
    {
        var digest = new StoredDigest();
        foreach (var (offset, row) in Report(number).Index())
        {
            Assert.True(Period.TryParse(row.Period, out var period));
            Assert.True(ExactDecimal.TryParse(row.Value, out var value));
            digest.Append(StoredRow.Of(Owner, offset, new Values.Observation
            {
                Region = row.Region, Indicator = row.Indicator, Version = "1.0", Period = period, Value = value, Unit = "t", Note = row.Note,
            }));
        }
        return digest.Value;
    }

    /// <summary>All of the entry but the number and the salt is known to whoever may read the free row.</summary>
    private byte[] EntryOf(int number, byte[] salt) => new LedgerEntry
    {
        LedgerId = _before.LedgerId,
        Position = _seen.Position,
        CommittedAtMicroseconds = (_seen.CommitTime.ToDateTimeOffset() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
        Kind = LedgerEntryKind.ReportCommitted,
        Subject = _seen.Report,
        Digest = DigestOf(number),
        StoredDigest = StoredDigestOf(number),
        Counts = new Store.RowCounts { Submitted = 2, Created = 2 },
        SignatureAlgorithm = _before.SignatureAlgorithm,
        KeyId = _before.KeyId,
        Salt = salt,
    }.Hash(_before.EntryHash.ToByteArray());

    private async Task<Receipt> SubmitAsync(string organization, string report, params Observation[] rows)
    {
        var response = await Hub.Reports.SubmitReportAsync(new SubmitReportRequest { Report = report, Rows = { rows } }, RunningHub.As(organization), cancellationToken: Cancelled);
        Assert.True(response.Committed is not null, response.ToString());
        return response.Committed.Receipt;
    }
}
