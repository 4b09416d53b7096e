using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace WasteFree.Exchange.Cli.Querying;

/// <summary>Instants of the ledger, in UTC.</summary>
internal static class TimeText
{
    /// <summary>To the microsecond, as the ledger counts.</summary>
    public static string Exact(Timestamp time) => time.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>For the eye.</summary>
    public static string Seconds(Timestamp time) => time.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
