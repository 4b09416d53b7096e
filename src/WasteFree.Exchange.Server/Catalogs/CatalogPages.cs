using Google.Protobuf;
using Google.Protobuf.Collections;
using Grpc.Core;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Catalogs;

/// <summary>A list of the catalogue, and the page of it that is asked.</summary>
internal sealed record CatalogQuestion(string List, ServerCallContext Context, AsOf? AsOf, int PageSize, string PageToken)
{
    /// <summary>Only rows of this region; empty: all.</summary>
    public string Region { get; init; } = "";
}

/// <summary>Reads the lists of the catalogue by pages. A row stands at its index, which never changes at one ledger position.</summary>
internal sealed class CatalogPages(AsOfReader asOf, PageTokens tokens)
{
    /// <param name="question">The page.</param>
    /// <param name="rowsOf">The whole list.</param>
    /// <param name="toMessage">A row as a message.</param>
    /// <param name="list">Takes the messages.</param>
    /// <returns>The catalogue version, and the token of the next page; empty: there is none.</returns>
    public async Task<(long CatalogVersion, string NextPageToken)> FillAsync<TRow, TMessage>(
        CatalogQuestion question, Func<CatalogSnapshot, IEnumerable<TRow>> rowsOf, Func<TRow, CatalogSnapshot, TMessage> toMessage, RepeatedField<TMessage> list)
        where TMessage : IMessage
    {
        var caller = IdentityInterceptor.PrincipalOf(question.Context).Organization;
        var size = PageSize.Of(question.PageSize, AnswerPage.DefaultRows, AnswerPage.MaxRows);
        var token = tokens.Read(question.PageToken, question.List, caller);
        var instant = await asOf.ReadAsync(question.AsOf, token, question.Context.CancellationToken).ConfigureAwait(false);
        var (at, catalog) = instant;
        var query = new CanonicalQuery().One("region", question.Region).AsOf(instant.Asked);
        token?.Check(query);

        var rows = rowsOf(catalog).ToList();
        var first = token?.After ?? 0;
        var some = rows.Skip((int)first).Take(size).Select((row, i) => (first + i + 1, toMessage(row, catalog)));
        var next = AnswerPage.Fill(list, some, first + size < rows.Count ? first + size : null);
        return (catalog.Version, next is { } after ? tokens.Write(at.Position, after, query, question.List, caller) : "");
    }
}
