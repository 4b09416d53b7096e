namespace WasteFree.Exchange.Server.Security;

/// <summary>What the hub believes now: the last good state of its security folder.</summary>
internal sealed class TrustStore
{
    private readonly SecurityFolder _folder;
    private readonly TimeProvider _time;
    private string? _state;
    private volatile Trust _current;

    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="ArgumentException">A file does not hold what it should.</exception>
    public TrustStore(SecurityFolder folder, TimeProvider time)
    {
        (_folder, _time) = (folder, time);
        _state = folder.FindState();
        _current = Trust.Read(folder, time.GetUtcNow());
    }

    public Trust Current => _current;

    /// <summary>
    /// Takes what the folder holds now, where that differs from what was looked at last. What is not whole is not taken: the
    /// last good state stays.
    /// </summary>
    /// <param name="problem">Why a new state was not taken; told once for each.</param>
    /// <returns>Whether there is another state now.</returns>
    public bool Reload(out string? problem)
    {
        problem = null;
        var state = _folder.FindState();
        if (state == _state) return false;
        _state = state;
        try
        {
            _current = Trust.Read(_folder, _time.GetUtcNow());
            return true;
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            problem = e.Message;
            return false;
        }
        catch (Exception e)
        {
            // Nobody thought of that; its text may hold anything of the files, keys too.
            problem = e.GetType().Name;
            return false;
        }
    }
}
