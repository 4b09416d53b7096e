using System.Reflection;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>Loads what the hub is made of, before it listens.</summary>
/// <remarks>
/// The runtime loads an assembly where it is needed first, and never tries again what it could not open: a hub whose descriptors
/// have run out by then would answer that call with a fault until it is started again.
/// </remarks>
internal static class OwnAssemblies
{
    /// <summary>Names where all the types of the platform are, most of which the hub has no use for.</summary>
    private const string Facade = "netstandard";

    /// <summary>Loads the hub's assembly and all that it refers to, at any depth: some 180, two descriptors each.</summary>
    /// <returns>How many there are.</returns>
    public static int Load()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var toRead = new Queue<Assembly>([typeof(OwnAssemblies).Assembly]);
        while (toRead.TryDequeue(out var assembly))
        {
            if (assembly.GetName().Name == Facade) continue;
            foreach (var reference in assembly.GetReferencedAssemblies())
            {
                if (!seen.Add(reference.Name!)) continue;
                try
                {
                    toRead.Enqueue(Assembly.Load(reference));
                }
                catch (IOException)
                {
                    // A library names another that it has a use for only where that is installed.
                }
            }
        }
        return seen.Count;
    }
}
