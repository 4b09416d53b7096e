using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Checks;

/// <summary>What holds for the sender of a report.</summary>
internal sealed class UploadProperties(Violations violations)
{
    /// <param name="report">The report.</param>
    /// <param name="before">Its promise before the Open was sent.</param>
    /// <param name="offset">Where the hub says to go on.</param>
    public void AckedIsDurable(ModelReport report, (int Attempt, long? Acked) before, long offset)
    {
        if (before.Acked is not { } acked || report.Promise.Attempt != before.Attempt) return;
        violations.Require(Property.AckedIsDurable, offset >= acked, () => $"{report.Name}: acknowledged {acked}, opened at {offset}");
    }

    public void OffsetStability(ModelReport report, long offset) =>
        violations.Require(
            Property.OffsetStability,
            offset >= 0 && offset <= report.Sent,
            () => $"{report.Name}: opened at {offset}, only {report.Sent} rows were ever sent");

    /// <summary>Nothing was sent since the last Open fenced every other writer.</summary>
    public void OffsetStability(ModelReport report, long first, long second) =>
        violations.Require(Property.OffsetStability, first == second, () => $"{report.Name}: opened at {first}, then at {second} without a row between");

    /// <summary>A chunk in the wrong place is refused with the right one.</summary>
    public void OffsetStability(ModelReport report, Problem problem, long expected) =>
        violations.Require(
            Property.OffsetStability,
            problem is { Reason: ErrorReason.OffsetUnexpected, HasExpectedOffset: true } && problem.ExpectedOffset == expected,
            () => $"{report.Name}: expected OFFSET_UNEXPECTED at {expected}, got {problem}");

    public void EpochIsNew(ModelReport report, Opened opened) =>
        violations.Require(
            Property.Fencing, report.IsNewEpoch(opened.Epoch), () => $"{report.Name}: epoch {opened.Epoch} was given to two writers");

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
    public void CommitOnce(ModelReport report, StreamReportsResponse answer) =>
        violations.Require(
            Property.CommitOnce,
            answer.Problem is { Reason: ErrorReason.ReportContentConflict or ErrorReason.StoreUnavailable or ErrorReason.StoreFull or ErrorReason.ClockAhead },
            () => $"{report.Name}: other content was answered by {answer}");

    public void WithdrawnOnce(ModelReport report, WithdrawReportResponse first, WithdrawReportResponse again) =>
        violations.Require(
            Property.CommitOnce,
            first.Equals(again) && first.Report.State == ReportState.Withdrawn,
            () => $"{report.Name}: withdrawn as {first}, then {again}");

    public void RefusedForItsRows(ModelReport report) =>
        violations.Require(Property.CommitOnce, !report.IsAcceptable, () => $"{report.Name}: refused, though its rows are sound");

    public void EndsOnce(ModelReport report, StreamReportsResponse? end, StreamReportsResponse answer) =>
        violations.Require(
            Property.EndsOnce, end is null || answer.Opened is not null, () => $"{report.Name}: ended by {end}, then came {answer}");

    public void HubEndedByItself(int exitCode, string lastWords) =>
        violations.Require(Property.Finishes, false, () => $"a hub ended by itself with {exitCode}: {lastWords}");

    public void UnexpectedProblem(ModelReport report, Problem problem) =>
        violations.Require(Property.Finishes, false, () => $"{report.Name}: unexpected {problem}");
}
