namespace WasteFree.Exchange.Verification;

/// <summary>What is being checked, in this order.</summary>
public enum VerifyStage
{
    /// <summary>Positions, instants, hashes and signatures of the ledger.</summary>
    Chain = 1,

    /// <summary>Ledger, changesets and reports against each other, and the rows against the counts.</summary>
    Changesets = 2,

    /// <summary>Each revision: it is current, or replaced once.</summary>
    Revisions = 3,

    /// <summary>Each current value: it is a released revision of its key, and nothing later says otherwise.</summary>
    Current = 4,

    /// <summary>Each replaced revision: a later one of the same key replaced it.</summary>
    Superseded = 5,

    /// <summary>The rows of each entry as they are stored, against its digest.</summary>
    Rows = 6,

    /// <summary>The pages of the database; before all others.</summary>
    Pages = 7,
}

/// <summary>How a verification goes on.</summary>
public abstract record VerifyStep
{
    private VerifyStep()
    {
    }

    /// <summary>So many items of a stage have been checked.</summary>
    public sealed record Progress(VerifyStage Stage, long Checked) : VerifyStep;

    /// <summary>Something is wrong; the verification goes on.</summary>
    public sealed record Found(LedgerFault Fault) : VerifyStep;
}
