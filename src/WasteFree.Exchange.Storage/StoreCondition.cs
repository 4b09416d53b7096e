using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

/// <summary>What keeps a store from writing: its database is damaged, or the clock is ahead.</summary>
internal sealed class StoreCondition(TimeProvider time)
{
    private volatile bool _damaged;

    /// <summary>For waits.</summary>
    public TimeProvider Time => time;

    public StoreClock Clock { get; } = new(time);

    public bool IsDamaged
    {
        get => _damaged;
        set => _damaged = value;
    }

    /// <summary>What is written to a damaged database damages more of it, and its backups.</summary>
    /// <exception cref="StoreUnavailableException">The database is damaged.</exception>
    public void RequireWhole()
    {
        if (_damaged) throw new StoreUnavailableException("The database is damaged; nothing is written to it.") { Trouble = StoreTrouble.Damaged };
    }

    /// <summary>From now on the database counts as damaged.</summary>
    public StoreUnavailableException Damaged(Exception e)
    {
        _damaged = true;
        return new StoreUnavailableException("The database is damaged.", e) { Trouble = StoreTrouble.Damaged };
    }
}
