using Microsoft.AspNetCore.Builder;

namespace WasteFree.Exchange.Server;

/// <summary>The hub as a web application.</summary>
public static class Hub
{
    /// <summary>Builds the hub; start it with <c>StartAsync</c> or <c>RunAsync</c>.</summary>
    public static WebApplication Build(HubOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        return builder.Build();
    }
}
