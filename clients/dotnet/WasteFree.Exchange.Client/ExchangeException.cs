using Grpc.Core;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client;

/// <summary>
/// The hub refused a call: misuse, authority, state or size. Built from the <c>ErrorDetail</c> in the status.
/// Bad rows are no exception but an outcome.
/// </summary>
public sealed class ExchangeException : Exception
{
    internal ExchangeException(string messageEn, Exception? inner = null)
        : base(messageEn, inner) => MessageEn = messageEn;

    /// <summary>Why; <c>Unspecified</c> where the peer gave no reason of this hub's.</summary>
    public ErrorReason Reason { get; internal init; }

    /// <summary>The gRPC status code.</summary>
    public StatusCode Code { get; internal init; }

    /// <summary>Path of the field at fault in the request; empty: none.</summary>
    public string Field { get; internal init; } = "";

    /// <summary>What is wrong and what to do, in Chinese; empty where the hub gave none.</summary>
    public string MessageZh { get; internal init; } = "";

    /// <summary>What is wrong and what to do, in English.</summary>
    public string MessageEn { get; }

    /// <summary>Further facts, by the names that <c>ErrorDetail.metadata</c> has in the contract: the limit, what was asked, what is nearest.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; internal init; } = new Dictionary<string, string>();

    /// <summary>The same call may succeed later without a change: the hub said when.</summary>
    public bool Retriable { get; internal init; }

    /// <summary>Earliest time to try again, from now; null: not said.</summary>
    public TimeSpan? RetryAfter { get; internal init; }
}
