using System.CommandLine;
using System.Net;
using WasteFree.Exchange.Cli.Running;

namespace WasteFree.Exchange.Cli.Hosting;

/// <summary>The address a hub listens on: any with TLS and authentication, loopback only without.</summary>
internal static class HubAddress
{
    /// <summary>Where a secured hub listens, unless it is told otherwise.</summary>
    public const string Secured = "https://0.0.0.0:5443";

    /// <summary>For a hub without security.</summary>
    public static Option<string> Option()
    {
        var option = new Option<string>("--urls")
        {
            Description = $"Loopback address to listen on; default {CommonOptions.DefaultHub}, port 0 takes a free one",
            HelpName = "http://127.0.0.1:PORT",
            DefaultValueFactory = _ => CommonOptions.DefaultHub,
        };
        option.Validators.Add(result =>
        {
            if (Fault(result.GetValueOrDefault<string>() ?? "", isSecured: false) is { } fault) result.AddError(fault);
        });
        return option;
    }

    /// <summary>Why a hub does not listen there; null: it does.</summary>
    public static string? Fault(string text, bool isSecured)
    {
        var example = isSecured ? Secured : CommonOptions.DefaultHub;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return $"--urls '{text}': 请写 write for example {example}.";
        if (isSecured)
            return uri.Scheme == Uri.UriSchemeHttps ? null : $"--urls '{text}': 启用安全后只用https。 With --security it is https: write for example {example}.";
        if (uri.Scheme == Uri.UriSchemeHttps)
            return "--urls: https需要安全目录。 https needs a security folder. " + MakeOne;
        var loopback = uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        return loopback
            ? null
            : $"--urls '{text}': 没有TLS和身份认证时只能监听本机地址（127.0.0.1、[::1]、localhost）。 "
                + "Without TLS and authentication a hub listens on loopback only (127.0.0.1, [::1], localhost). " + MakeOne;
    }

    private const string MakeOne = "请先运行 wfx admin init DIR，再加 --security DIR。 Run wfx admin init DIR first, then serve with --security DIR.";
}
