using System.Globalization;
using Grpc.Core;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Checks;

/// <summary>What holds for the sender of a report.</summary>
internal sealed class UploadProperties(Violations violations)
{
    /// <summary>The hub says where to go on.</summary>
    /// <param name="report">The report.</param>
    /// <param name="before">Its promise before the Open was sent.</param>
    /// <param name="opened">The answer.</param>
    public void Opens(ModelReport report, (int Attempt, long? Acked) before, UploadOpened opened)
    {
        if (opened.State != ReportState.Open) return;
        var offset = opened.DurableOffset;
        var isSameAttempt = report.Promise.Attempt == before.Attempt;
        if (before.Acked is { } acked && isSameAttempt)
            violations.Require(Property.AckedIsDurable, offset >= acked, () => $"{report.Name}: acknowledged {acked}, opened at {offset}");
        violations.Require(
            Property.OffsetStability, offset >= 0 && offset <= report.Sent, () => $"{report.Name}: opened at {offset}, only {report.Sent} rows were ever sent");
        if (report.Settled is { } settled && settled.Attempt == before.Attempt && isSameAttempt)
            violations.Require(
                Property.AckedBeforeStatus, offset == settled.Offset, () => $"{report.Name}: acknowledged {settled.Offset} before the status, opened at {offset}");
        violations.Require(
            Property.Fencing, report.IsNewEpoch(opened.Epoch), () => $"{report.Name}: epoch {opened.Epoch} was given to two writers");
    }

    /// <summary>Nothing was sent since the last Open fenced every other writer.</summary>
    public void OffsetStability(ModelReport report, long first, long second) =>
        violations.Require(Property.OffsetStability, first == second, () => $"{report.Name}: opened at {first}, then at {second} without a row between");

    /// <summary>A chunk in the wrong place is refused with the right one.</summary>
    public void OffsetStability(ModelReport report, RpcException refused, long expected) =>
        violations.Require(
            Property.OffsetStability,
            refused.GetRpcStatus()?.GetDetail<ErrorDetail>()?.Metadata["expected_offset"] == expected.ToString(CultureInfo.InvariantCulture),
            () => $"{report.Name}: expected OFFSET_UNEXPECTED at {expected}, got {refused.Status}");

    /// <summary>An older writer went on after a newer one was opened.</summary>
    public void Fencing(ModelReport report, long openedAt, bool gotIn, long acked) =>
        violations.Require(
            Property.Fencing, !gotIn && acked <= openedAt, () => $"{report.Name}: a fenced writer was acknowledged {acked}, the newer opened at {openedAt}");

    public void MonotonicAck(ModelReport report, long before, long acked, long sent) =>
        violations.Require(
            Property.MonotonicAck, acked >= before && acked <= sent, () => $"{report.Name}: acknowledged {before}, then {acked}, sent {sent}");

    public void CommitOnce(ModelReport report, Receipt? receipt) =>
        violations.Require(
            Property.CommitOnce,
            receipt is not null && report.IsAcceptable && report.Takes(receipt),
            () => $"{report.Name}: receipt {receipt}, before {report.Receipt}, acceptable {report.IsAcceptable}");

    /// <summary>Other content under a committed name.</summary>
    public void CommitOnce(ModelReport report, UploadReportResponse? answer, ErrorReason reason) =>
        violations.Require(
            Property.CommitOnce,
            answer is null && reason is not (ErrorReason.DigestMismatch or ErrorReason.WriterFenced),
            () => $"{report.Name}: other content was answered by {answer} {reason}");

    public void WithdrawnOnce(ModelReport report, WithdrawReportResponse first, WithdrawReportResponse again) =>
        violations.Require(
            Property.CommitOnce,
            first.Equals(again) && first.Report.State == ReportState.Withdrawn,
            () => $"{report.Name}: withdrawn as {first}, then {again}");

    public void RefusedForItsRows(ModelReport report) =>
        violations.Require(Property.CommitOnce, !report.IsAcceptable, () => $"{report.Name}: refused, though its rows are sound");

    public void EndsOnce(ModelReport report, bool isAnswered, UploadReportResponse answer) =>
        violations.Require(Property.EndsOnce, !isAnswered, () => $"{report.Name}: its commit was answered, then came {answer}");

    /// <summary>A stream that ends with OK has answered its commit.</summary>
    public void EveryCommitIsAnswered(ModelReport report, bool isAnswered) =>
        violations.Require(Property.EndsOnce, isAnswered, () => $"{report.Name}: the stream ended with OK and without an answer");

    public void HubEndedByItself(int exitCode, string lastWords) =>
        violations.Require(Property.Finishes, false, () => $"a hub ended by itself with {exitCode}: {lastWords}");

    /// <summary>The hub ends a stream because its client asked for that, or has to come back.</summary>
    public void EndsForAReason(ModelReport report, RpcException exception, bool isAskedFor) =>
        violations.Require(
            Property.Finishes, isAskedFor || exception.StatusCode is StatusCode.Unavailable or StatusCode.ResourceExhausted, () => $"{report.Name}: unexpected {exception.Status}");
}
