using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>What one organisation has left of a hub for one class of methods.</summary>
internal sealed class Quota(string organization, QuotaClass of, OrganizationLimits limits, TimeProvider time)
{
    /// <summary>A stream ends when its caller ends it: nobody knows when.</summary>
    private static readonly TimeSpan StreamWait = TimeSpan.FromSeconds(5);

    private readonly Allowance _calls = new(limits.CallsPerMinute, time);
    private readonly Allowance _rows = new(limits.RowsPerMinute, time);
    private readonly Allowance _bytes = new(limits.BytesPerMinute, time);
    private readonly Allowance _seconds = new(limits.QuerySecondsPerMinute, time);
    private int _streams;

    public OrganizationLimits Limits => limits;

    /// <summary>A call begins.</summary>
    /// <exception cref="RpcException">QUOTA_EXCEEDED: something is used up.</exception>
    public void Enter()
    {
        Require("calls_per_minute", limits.CallsPerMinute, _calls.WaitFor(1));
        RequireTraffic();
        RequireSeconds(double.Epsilon);
        _calls.Take(1);
    }

    /// <exception cref="RpcException">QUOTA_EXCEEDED.</exception>
    public void EnterStream()
    {
        if (Interlocked.Increment(ref _streams) <= limits.Streams) return;
        LeaveStream();
        throw Refuse("streams", limits.Streams, StreamWait);
    }

    public void LeaveStream() => Interlocked.Decrement(ref _streams);

    /// <summary>The organisation has sent a message.</summary>
    /// <exception cref="RpcException">QUOTA_EXCEEDED: the messages before it were too many; it is not looked at.</exception>
    public void Receive(IMessage message)
    {
        RequireTraffic();
        _bytes.Take(message.CalculateSize());
        _rows.Take(message switch
        {
            UploadReportRequest { Chunk: { } chunk } => chunk.Rows.Count,
            AppendRowsRequest append => append.Rows.Count,
            SubmitReportRequest submit => submit.Rows.Count,
            _ => 0,
        });
    }

    /// <summary>The organisation is given a message.</summary>
    public void Send(int bytes) => _bytes.Take(bytes);

    /// <summary>How long until a stream may give its next message.</summary>
    public TimeSpan SendWait => _bytes.Wait > _seconds.Wait ? _bytes.Wait : _seconds.Wait;

    /// <summary>A question is about to be worked on: what it will cost is taken before, by an estimate.</summary>
    /// <exception cref="RpcException">QUOTA_EXCEEDED: so much is not left.</exception>
    public void Begin(TimeSpan estimate)
    {
        RequireSeconds(estimate.TotalSeconds);
        _seconds.Take(estimate.TotalSeconds);
    }

    /// <summary>The hub has worked for it.</summary>
    /// <param name="elapsed">Less what was taken before.</param>
    public void Work(TimeSpan elapsed) => _seconds.Take(elapsed.TotalSeconds);

    /// <summary>Whose limit is reached, and which, with when to come back.</summary>
    public RpcException Refuse(string limit, double value, TimeSpan wait)
    {
        var most = value.ToString(CultureInfo.InvariantCulture);
        return new Refusal(
            ErrorReason.QuotaExceeded,
            $"机构 {organization} 已达到限额 {limit} = {most}；请在 retry_after 所示时间之后重试，或请管理员调整。",
            $"Organisation {organization} has reached its limit {limit} = {most}; try again after retry_after, or ask the administrator for more.")
        {
            RetryAfter = wait,
            Quota = ($"organizations/{organization}", $"{limit} = {most}"),
        }.OfLimit(limit, value).ToException();
    }

    private void RequireTraffic()
    {
        Require("rows_per_minute", limits.RowsPerMinute, _rows.Wait);
        Require("bytes_per_minute", limits.BytesPerMinute, _bytes.Wait);
    }

    /// <summary>Reports are held to their rows.</summary>
    private void RequireSeconds(double amount)
    {
        if (of == QuotaClass.Questions) Require("query_seconds_per_minute", limits.QuerySecondsPerMinute, _seconds.WaitFor(amount));
    }

    private void Require(string limit, double value, TimeSpan wait)
    {
        if (wait > TimeSpan.Zero) throw Refuse(limit, value, wait);
    }
}
