using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.BadInput;

/// <summary>A field of a row that the hub does not know is of a newer contract, or a mistake: it is refused, whichever way the row comes.</summary>
public sealed class UnknownFieldTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private const int Number = 4_000;

    private static Metadata Headers => RunningHub.As(Rows.Reporter);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Of five rows the fourth has a field more.</summary>
    private static Observation[] Newer
    {
        get
        {
            var rows = Rows.Days(5);
            using var bytes = new MemoryStream();
            rows[3].WriteTo(bytes);
            using (var output = new CodedOutputStream(bytes, leaveOpen: true))
            {
                output.WriteTag(Number, WireFormat.WireType.LengthDelimited);
                output.WriteString("新");
            }
            rows[3] = Observation.Parser.ParseFrom(bytes.ToArray());
            return rows;
        }
    }

    [Fact]
    public async Task On_a_stream_it_ends_the_upload_and_the_rows_before_stay()
    {
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync("newer-stream");
        await talk.ChunkAsync(0, Newer[..2]);
        await talk.ChunkAsync(2, Newer[2..]);
        Assert.Equal(2, (await talk.HearAckAsync()).DurableOffset);
        AssertNamed(await talk.HearRefusalAsync(ErrorReason.FieldInvalid), row: 1);
        Assert.Equal(2, (await talk.OpenAsync("newer-stream")).DurableOffset);
    }

    [Fact]
    public async Task In_calls_nothing_of_the_message_is_stored()
    {
        var name = Rows.Name("newer-calls");
        var opened = (await shared.Hub.Reports.OpenUploadAsync(new OpenUploadRequest { Open = new UploadOpen { Report = name } }, Headers, cancellationToken: Cancelled)).Opened;
        var append = new AppendRowsRequest { Report = name, Epoch = opened.Epoch, Rows = { Newer } };
        AssertNamed(await Refused.ByAsync(shared.Hub.Reports.AppendRowsAsync(append, Headers, cancellationToken: Cancelled)), row: 3);
        append.Rows.RemoveAt(3);
        Assert.Equal(4, (await shared.Hub.Reports.AppendRowsAsync(append, Headers, cancellationToken: Cancelled)).Ack.DurableOffset);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task In_one_call_nothing_is_stored(bool validateOnly)
    {
        var request = Rows.Report("newer-single", Newer);
        request.ValidateOnly = validateOnly;
        AssertNamed(await Refused.ByAsync(shared.Hub.Reports.SubmitReportAsync(request, Headers, cancellationToken: Cancelled)), row: 3);
    }

    private static void AssertNamed(Refused refused, int row)
    {
        Assert.Equal((ErrorReason.FieldInvalid, $"rows[{row}]"), (refused.Reason, refused.Field));
        var number = Number.ToString(CultureInfo.InvariantCulture);
        Assert.Equal(number, refused.Metadata["field_number"]);
        Assert.Contains(number, refused.MessageEn, StringComparison.Ordinal);
        Assert.Contains(number, refused.MessageZh, StringComparison.Ordinal);
    }
}
