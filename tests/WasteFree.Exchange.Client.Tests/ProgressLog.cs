using System.Collections.Concurrent;

namespace WasteFree.Exchange.Client.Tests;

/// <summary>Keeps what an upload said.</summary>
internal sealed class ProgressLog : IProgress<UploadProgress>
{
    public ConcurrentQueue<UploadProgress> Steps { get; } = new();

    public void Report(UploadProgress value) => Steps.Enqueue(value);
}
