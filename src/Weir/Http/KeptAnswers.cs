using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Weir.Core.Configuration;
using Weir.Core.Continuity;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiResponses;
using Weir.Core.Errors;
using Weir.Core.Spine;
using Weir.Core.Spine.Steps;
using Weir.Core.Upstream;

namespace Weir.Http;

/// <summary>
/// <c>GET</c> and <c>DELETE /v1/responses/{id}</c>, <c>POST …/cancel</c>, <c>GET …/input_items</c> for answers that Weir
/// keeps itself (those it translated), and passed to the provider for those that the provider keeps. A tenant finds its
/// own and no others.
/// </summary>
internal sealed class KeptAnswers(ISnapshotSource snapshots, Identify identify, AnswerMemory answers, ProviderDoor door, IDialect dialect, RequestIds ids)
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
        if (await answers.FindPlaceAsync(caller.Tenant, id, context.RequestAborted) is { } place)
        {
            await PassAsync(context, requestId, caller.Tenant, id, place);
            return;
        }

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

    /// <summary>To the provider that keeps the answer, and its answer back, whatever it is.</summary>
    private async Task PassAsync(HttpContext context, string requestId, string tenant, string id, AnswerPlace place)
    {
        if (!snapshots.Current.Providers.TryGetValue(place.Provider, out var provider) || !provider.Dialects.TryGetValue(dialect.Name, out var url))
        {
            await PlainReply.WriteErrorAsync(context, dialect, NotKept(id), requestId);
            return;
        }

        if (place.Credential is { } made && provider.Credentials.All(c => c.Name != made))
        {
            await PlainReply.WriteErrorAsync(context, dialect, GatewayErrors.CredentialGone(provider.Name), requestId);
            return;
        }

        var path = string.Concat((url ?? provider.BaseUrl).AbsoluteUri.TrimEnd('/'), context.Request.Path.Value!["/v1".Length..], context.Request.QueryString.Value);
        var (response, error) = await door.AskAsync(provider, place.Credential, new HttpMethod(context.Request.Method), new Uri(path), context.RequestAborted);
        using (response)
        {
            if (response is null)
            {
                await PlainReply.WriteErrorAsync(context, dialect, error!, requestId);
                return;
            }

            if (HttpMethods.IsDelete(context.Request.Method) && response.IsSuccessStatusCode)
                await answers.ForgetPlaceAsync(tenant, id, context.RequestAborted);
            context.Response.StatusCode = (int)response.StatusCode;
            context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
            context.Response.Headers["x-weir-request-id"] = requestId;
            await using var body = UpstreamBody.Open(response);
            await body.CopyToAsync(context.Response.Body, context.RequestAborted);
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
        $"The response '{(id.Length <= 100 ? id : id[..100])}' is not kept here. Answers are kept for 30 days, unless 'store' is false, and can be fetched by the tenant they were made for.");
}
