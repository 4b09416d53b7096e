namespace WasteFree.Exchange.Store;

/// <summary>Why a store does not do what it was asked.</summary>
public enum StoreTrouble
{
    /// <summary>The database cannot be reached or does not answer in time; trying again may help.</summary>
    NoAnswer,

    /// <summary>The database is damaged: what is stored cannot be read as it was written. Trying again helps nobody.</summary>
    Damaged,

    /// <summary>The clock of this machine has stepped forward: nothing is written with an instant that is not yet there.</summary>
    ClockAhead,
}

/// <summary>The store does not do what it was asked, and nothing of it was done, or nobody knows whether it was.</summary>
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException()
    {
    }

    public StoreUnavailableException(string message) : base(message)
    {
    }

    public StoreUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Why.</summary>
    public StoreTrouble Trouble { get; init; } = StoreTrouble.NoAnswer;
}
