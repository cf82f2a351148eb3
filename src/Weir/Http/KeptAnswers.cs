using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Weir.Core.Continuity;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiResponses;
using Weir.Core.Errors;
using Weir.Core.Spine;
using Weir.Core.Spine.Steps;

namespace Weir.Http;

/// <summary>
/// <c>GET</c> and <c>DELETE /v1/responses/{id}</c>, <c>POST …/cancel</c>, <c>GET …/input_items</c> for answers that Weir
/// keeps itself: those it translated. A tenant finds its own and no others.
/// </summary>
internal sealed class KeptAnswers(Identify identify, AnswerMemory answers, IDialect dialect, RequestIds ids)
{
    private const string Root = "/v1/responses/";

    public static bool Handles(string path) => path.Length > Root.Length && path.StartsWith(Root, StringComparison.Ordinal);

    public async Task HandleAsync(HttpContext context)
    {
        var requestId = ids.Next();
        var (caller, fault) = identify.Recognise(new HttpClientChannel(context));
        if (caller is null)
        {
            await PlainReply.WriteErrorAsync(context, dialect, fault!, requestId);
            return;
        }

        var parts = context.Request.Path.Value![Root.Length..].Split('/');
        var (method, id, rest) = (context.Request.Method, parts[0], string.Join('/', parts[1..]));
        if (await answers.FindAsync(caller.Tenant, id, context.RequestAborted) is not { } kept)
        {
            await PlainReply.WriteErrorAsync(context, dialect, NotKept(id), requestId);
            return;
        }

        switch (rest)
        {
            case "" when HttpMethods.IsGet(method):
                await WriteAsync(context, requestId, KeptAnswer.ResponseIn(kept));
                break;
            case "" when HttpMethods.IsDelete(method):
                await answers.DeleteAsync(caller.Tenant, id, context.RequestAborted);
                await WriteAsync(context, requestId, Deleted(id));
                break;
            case "input_items" when HttpMethods.IsGet(method):
                await WriteAsync(context, requestId, KeptAnswer.InputItemsIn(kept, id, context.Request.Query["order"] == "asc"));
                break;
            case "cancel" when HttpMethods.IsPost(method):
                await PlainReply.WriteErrorAsync(context, dialect, new GatewayError(ErrorKind.InvalidRequest, Step.Accept, Party.Client, 400,
                    "response_not_cancellable", "Only answers that are made in the background can be cancelled; this one is complete."), requestId);
                break;
            default:
                await PlainReply.WriteErrorAsync(context, dialect, new GatewayError(ErrorKind.InvalidRequest, Step.Accept, Party.Client, 405,
                    "method_not_allowed", "Kept answers take GET and DELETE; their input_items take GET, cancel takes POST."), requestId, allow: "GET, DELETE, POST");
                break;
        }
    }

    private static byte[] Deleted(string id)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, id);
            json.WriteString("object"u8, "response.deleted"u8);
            json.WriteBoolean("deleted"u8, true);
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private async Task WriteAsync(HttpContext context, string requestId, byte[]? document)
    {
        if (document is null)
        {
            await PlainReply.WriteErrorAsync(context, dialect, NotKept(""), requestId);
            return;
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = document.Length;
        context.Response.Headers["x-weir-request-id"] = requestId;
        context.Response.Headers[dialect.RequestIdHeader] = requestId;
        await context.Response.Body.WriteAsync(document, context.RequestAborted);
    }

    private static GatewayError NotKept(string id) => new(ErrorKind.NotFound, Step.Accept, Party.Client, 404, "response_not_found",
        $"The response '{(id.Length <= 100 ? id : id[..100])}' is not kept here. Weir keeps the answers it translates for 30 days, unless 'store' is false; those of a provider that speaks the Responses API itself stay with the provider, and cannot be fetched through Weir.");
}
