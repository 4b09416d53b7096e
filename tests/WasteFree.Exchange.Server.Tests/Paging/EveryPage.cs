using Google.Protobuf;
using Grpc.Core;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Paging;

/// <summary>Reads an answer page by page, as a client does that knows nothing but the names of the tokens, and looks at each page.</summary>
internal static class EveryPage
{
    public const int Most = 1 << 20;

    /// <returns>The pages, each of at most 1 MiB or with a single element.</returns>
    public static async Task<List<TPage>> OfAsync<TRequest, TPage>(
        Func<TRequest, Metadata?, DateTime?, CancellationToken, AsyncUnaryCall<TPage>> call, TRequest request, Metadata? headers = null)
        where TRequest : IMessage<TRequest>
        where TPage : IMessage<TPage>
    {
        var asked = request.Clone();
        var pages = new List<TPage>();
        string next;
        do
        {
            var page = await call(asked, headers, null, TestContext.Current.CancellationToken);
            Assert.True(page.CalculateSize() <= Most || ElementsOf(page) == 1, $"{page.Descriptor.Name}: {page.CalculateSize()} bytes, {ElementsOf(page)} elements.");
            next = (string)page.Descriptor.FindFieldByName("next_page_token").Accessor.GetValue(page);
            asked.Descriptor.FindFieldByName("page_token").Accessor.SetValue(asked, next);
            pages.Add(page);
        }
        while (next.Length > 0);
        return pages;
    }

    /// <summary>The elements of the page's first list; of a comparison its cells.</summary>
    private static int ElementsOf(IMessage page) => page is V1.CompareMetricsResponse compared
        ? compared.Comparisons.Sum(table => table.Cells.Count)
        : ((System.Collections.IList)page.Descriptor.Fields.InFieldNumberOrder().First(field => field.IsRepeated).Accessor.GetValue(page)).Count;

    /// <summary>The tables of the pages, each whole.</summary>
    public static List<V1.Comparison> Tables(IEnumerable<V1.CompareMetricsResponse> pages)
    {
        var tables = new List<V1.Comparison>();
        foreach (var part in pages.SelectMany(page => page.Comparisons))
        {
            if (part.FirstCell == 0)
            {
                tables.Add(part.Clone());
                continue;
            }
            Assert.Equal(part.FirstCell, tables[^1].Cells.Count);
            Assert.Equal(new V1.Comparison { FirstCell = part.FirstCell, Cells = { part.Cells } }, part);
            tables[^1].Cells.AddRange(part.Cells);
        }
        return tables;
    }
}
