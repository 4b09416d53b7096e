using Grpc.Core;

namespace WasteFree.Exchange.Server.Security;

/// <summary>Finds out who calls.</summary>
internal interface ICallers
{
    ValueTask<Caller> FindAsync(ServerCallContext context);
}
