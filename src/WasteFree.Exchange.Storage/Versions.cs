using System.Globalization;

namespace WasteFree.Exchange.Storage;

/// <summary>Definition versions are stored as two numbers.</summary>
internal static class Versions
{
    /// <param name="text">MAJOR.MINOR.</param>
    public static (int Major, int Minor) Parse(ReadOnlySpan<char> text)
    {
        var point = text.IndexOf('.');
        return (int.Parse(text[..point], CultureInfo.InvariantCulture), int.Parse(text[(point + 1)..], CultureInfo.InvariantCulture));
    }
}
