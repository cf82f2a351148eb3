using System.Buffers;
using Microsoft.AspNetCore.Http;
using Weir.Core.Dialects;
using Weir.Core.Errors;

namespace Weir.Http;

/// <summary>Answers that never become an exchange: liveness, unknown paths, requests refused by their framing.</summary>
internal static class PlainReply
{
    public static Task WriteOkAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync("ok\n", context.RequestAborted);
    }

    public static async Task WriteErrorAsync(HttpContext context, IDialect dialect, GatewayError error, string requestId, string? allow = null)
    {
        var output = new ArrayBufferWriter<byte>(256);
        dialect.WriteError(error, requestId, output);
        context.Response.StatusCode = error.HttpStatus;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = output.WrittenCount;
        context.Response.Headers["x-weir-request-id"] = requestId;
        context.Response.Headers[dialect.RequestIdHeader] = requestId;
        if (allow is not null)
            context.Response.Headers.Allow = allow;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(output.WrittenMemory, context.RequestAborted);
    }
}
