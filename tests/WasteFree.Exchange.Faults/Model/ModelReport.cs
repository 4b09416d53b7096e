using WasteFree.Exchange.Client;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Model;

/// <summary>One row as it is sent; no value: a row that the hub must refuse.</summary>
internal readonly record struct ModelRow(Cell Cell, int? Value);

/// <summary>A report as its sender knows it: what it says, what was acknowledged, what was answered.</summary>
internal sealed class ModelReport(int organization, string id, RowPolicy policy, IReadOnlyList<ModelRow> rows)
{
    private readonly Lock _lock = new();
    private readonly HashSet<long> _epochs = [];
    private byte[]? _digest;
    private long _acked;
    private long _sent;
    private int _attempt;
    private bool _unsteady;
    private (int Attempt, long Offset)? _settled;

    public string Name => ReportUpload.NameOf(Cell.Organizations[Organization].Id, Id);

    public int Organization => organization;

    public string Id => id;

    public RowPolicy Policy => policy;

    public IReadOnlyList<ModelRow> Rows => rows;

    /// <summary>Every row is sound, or the sound ones may go on alone: the hub must commit it.</summary>
    public bool IsAcceptable { get; } = rows.All(row => row.Value is not null)
        || (policy == RowPolicy.Quarantine && rows.Any(row => row.Value is not null));

    /// <summary>The receipt that came first; every later one must be the same.</summary>
    public Receipt? Receipt { get; private set; }

    /// <summary>Its sender has the final answer.</summary>
    public bool IsDone { get; set; }

    /// <summary>It was asked to be withdrawn.</summary>
    public bool IsWithdrawn { get; set; }

    public byte[] Digest => _digest ??= MakeDigest();

    public Observation RowAt(int offset) => rows[offset].Cell.ToRow(rows[offset].Value);

    /// <summary>
    /// What must be durable now. No offset: an attempt may have been restarted behind the sender's back, because it
    /// asked for that and has not heard the answer.
    /// </summary>
    public (int Attempt, long? Acked) Promise
    {
        get { lock (_lock) return (_attempt, _unsteady ? null : _acked); }
    }

    /// <summary>Where an attempt must go on, because the hub ended its stream with a status and nothing was sent since; null: nothing is known.</summary>
    public (int Attempt, long Offset)? Settled
    {
        get { lock (_lock) return _settled; }
    }

    public long Sent
    {
        get { lock (_lock) return _sent; }
    }

    public void HasSent(long offset)
    {
        lock (_lock)
        {
            _sent = Math.Max(_sent, offset);
            _settled = null;
        }
    }

    public void Settle(int attempt, long offset)
    {
        lock (_lock) _settled = (attempt, offset);
    }

    public void HasAcked(long offset)
    {
        lock (_lock) _acked = Math.Max(_acked, offset);
    }

    /// <summary>From here on the rows may be dropped: a restart, an abort, or a commit that ends in a refusal is on its way.</summary>
    public void MayStartAnew()
    {
        lock (_lock)
        {
            _unsteady = true;
            _acked = 0;
            _attempt++;
        }
    }

    /// <summary>The database was put back to a position: what was acknowledged since is gone, and so is a commit that came later.</summary>
    public void Rewind(long position)
    {
        lock (_lock)
        {
            _unsteady = true;
            _acked = 0;
            _attempt++;
            _epochs.Clear();
            if (Receipt is null || Receipt.Position <= position) return;
            (Receipt, IsDone, IsWithdrawn) = (null, false, false);
        }
    }

    /// <summary>The hub said where to go on after everything that was asked before.</summary>
    public bool IsNewEpoch(long epoch)
    {
        lock (_lock) return _epochs.Add(epoch);
    }

    /// <returns>Whether it is the first receipt, or the same as the first.</returns>
    public bool Takes(Receipt receipt)
    {
        lock (_lock)
        {
            Receipt ??= receipt;
            return Receipt.Equals(receipt);
        }
    }

    private byte[] MakeDigest()
    {
        using var digest = new RowDigest();
        for (var offset = 0; offset < rows.Count; offset++) digest.Add(RowAt(offset));
        return digest.Value;
    }
}
