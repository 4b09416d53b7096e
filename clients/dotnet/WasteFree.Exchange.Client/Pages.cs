using System.Runtime.CompilerServices;
using Google.Protobuf;

namespace WasteFree.Exchange.Client;

/// <summary>
/// The one loop over the pages of an answer. Every method with pages names its token alike, <c>page_token</c> and
/// <c>next_page_token</c>: so they are found in the message itself.
/// </summary>
internal static class Pages
{
    private const string Token = "page_token";
    private const string NextToken = "next_page_token";

    /// <summary>Page by page, at least one.</summary>
    /// <param name="request">What is asked; its page token is not looked at, and it is not changed.</param>
    /// <param name="read">Reads one page.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    public static async IAsyncEnumerable<TPage> ReadAsync<TRequest, TPage>(
        TRequest request, Func<TRequest, CancellationToken, Task<TPage>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>, IDeepCloneable<TRequest>
        where TPage : IMessage
    {
        var asked = request.Clone();
        var token = asked.Descriptor.FindFieldByName(Token).Accessor;
        token.Clear(asked);
        string next;
        do
        {
            var page = await read(asked, cancellationToken).ConfigureAwait(false);
            next = (string)page.Descriptor.FindFieldByName(NextToken).Accessor.GetValue(page);
            yield return page;
            token.SetValue(asked, next);
        }
        while (next.Length > 0);
    }

    /// <summary>All pages as one answer: their lists behind one another, and no token.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public static async Task<TPage> JoinAsync<TRequest, TPage>(
        TRequest request, Func<TRequest, CancellationToken, Task<TPage>> read, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>, IDeepCloneable<TRequest>
        where TPage : IMessage<TPage>, new()
    {
        var whole = new TPage();
        await foreach (var page in ReadAsync(request, read, cancellationToken).ConfigureAwait(false)) whole.MergeFrom(page);
        whole.Descriptor.FindFieldByName(NextToken).Accessor.Clear(whole);
        return whole;
    }
}
