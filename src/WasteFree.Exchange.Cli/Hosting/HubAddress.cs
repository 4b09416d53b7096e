using System.CommandLine;
using System.Net;
using WasteFree.Exchange.Cli.Running;

namespace WasteFree.Exchange.Cli.Hosting;

/// <summary>The address a hub listens on: loopback only, since this version has neither TLS nor authentication.</summary>
internal static class HubAddress
{
    public static Option<string> Option(string? fallback = null)
    {
        var option = new Option<string>("--urls")
        {
            Description = $"Loopback address to listen on; default {fallback ?? CommonOptions.DefaultHub}, port 0 takes a free one",
            HelpName = "http://127.0.0.1:PORT",
            DefaultValueFactory = _ => fallback ?? CommonOptions.DefaultHub,
        };
        option.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>() ?? "";
            if (Fault(text) is { } fault) result.AddError(fault);
        });
        return option;
    }

    private static string? Fault(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return $"--urls '{text}': 请写 write http://127.0.0.1:PORT.";
        if (uri.Scheme == "https")
            return "--urls: 本版本尚不支持TLS，请用http。 This version has no TLS yet: use http.";
        var loopback = uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        return loopback
            ? null
            : $"--urls '{text}': 本版本没有TLS和身份认证，只能监听本机地址（127.0.0.1、[::1]、localhost）。 "
                + "This version has neither TLS nor authentication and listens on loopback only (127.0.0.1, [::1], localhost).";
    }
}
