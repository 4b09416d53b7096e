namespace WasteFree.Exchange.Cli.Hosting;

/// <summary>The hub has ended, and nobody had told it to; the message is for its operator.</summary>
internal sealed class HubFaultException(string service) : Exception(
    $"后台服务 {service} 意外结束，服务已停止；请重新启动，并查看日志。 The background service {service} has ended by itself and the hub with it: start it again, and read the log.");
