using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Server.Audit;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Server.Limits;

namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// Decides who makes a call on its headers alone. A credential that is missing or not taken is refused before a byte of the
/// call's messages is read; the messages of the others are read through a <see cref="MeteredBody"/>.
/// </summary>
internal sealed class Admission(MethodPolicies policies, ICallers callers, FaultInterceptor faults, RefusalLog refusals, MessageMemory memory, Heap heap, TimeProvider time)
{
    private static readonly object Key = new();

    /// <summary>Who calls; null: the call was not admitted, or needs nobody.</summary>
    public static Caller? CallerOf(HttpContext context) => (Caller?)context.Items[Key];

    public async Task AdmitAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is not { Method: var method })
        {
            await next(context).ConfigureAwait(false);
            return;
        }
        var path = context.Request.Path.Value ?? "";
        var newcomer = context.Features.Get<Newcomer>();
        if (MethodPolicies.IsOpen(path))
        {
            using var turn = newcomer is null ? null : await newcomer.OpenCallAsync(context.RequestAborted).ConfigureAwait(false);
            await ReadAsync(context, next, MessageTerms.OfAnybody(method.Type)).ConfigureAwait(false);
            return;
        }
        Caller caller;
        try
        {
            caller = await faults.GuardAsync(() => FindAsync(context, path, newcomer), path, context.RequestAborted).ConfigureAwait(false);
        }
        catch (RpcException refused)
        {
            TransportStatus.Answer(context, refused);
            return;
        }
        newcomer?.Welcome();
        context.Items[Key] = caller;
        await ReadAsync(context, next, MessageTerms.Of(caller.Principal, path, method.Type, policies)).ConfigureAwait(false);
    }

    private async Task ReadAsync(HttpContext context, RequestDelegate next, MessageTerms terms)
    {
        using var body = new MeteredBody(context.Request.BodyReader, memory, terms, time);
        context.Features.Set<IRequestBodyPipeFeature>(body);
        await next(context).ConfigureAwait(false);
    }

    private async Task<Caller> FindAsync(HttpContext context, string path, Newcomer? newcomer)
    {
        using var turn = newcomer is null ? null : await newcomer.CredentialAsync(context.RequestAborted).ConfigureAwait(false);
        var caller = await callers.FindAsync(context).ConfigureAwait(false);
        if (caller.Refusal is not { } refusal) return heap.IsFull ? throw Refusals.HeapFull.ToException() : caller;
        var code = RpcErrors.CodeOf(refusal.Reason);
        if (AuditCalls.IsRefusal(code))
        {
            var entry = AuditEntry.Of(AuditCalls.Of(caller.Principal, path), "", AuditCalls.StatusText(code), RpcErrors.ReasonText(refusal.Reason));
            await refusals.AddAsync(entry).ConfigureAwait(false);
        }
        throw refusal.ToException();
    }
}
