using Microsoft.AspNetCore.Http;

namespace WasteFree.Exchange.Server.Security;

/// <summary>Finds out who calls, from what the headers of a call and its connection show.</summary>
internal interface ICallers
{
    ValueTask<Caller> FindAsync(HttpContext context);
}
