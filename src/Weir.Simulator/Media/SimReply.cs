using Microsoft.AspNetCore.Http;
using System.Text;
using System.Text.Json.Nodes;
using Weir.Simulator.Calls;
using Weir.Simulator.Records;

namespace Weir.Simulator.Media;

/// <summary>Ways to answer that images, sound and objects share.</summary>
internal static class SimReply
{
    public static void Json(Call call, JsonNode answer) => Bytes(call, "application/json", Encoding.UTF8.GetBytes(answer.ToJsonString()));

    public static void Bytes(Call call, string contentType, byte[] bytes)
    {
        call.Http.Response.ContentType = contentType;
        call.Http.Response.Headers["x-request-id"] = call.RequestId;
        CallRunner.WriteUnflushed(call.Http.Response, bytes);
        call.SentWhole(default);
        call.Finish(Completion.Complete);
    }

    public static async Task EventsAsync(Call call, IEnumerable<JsonNode> events, bool withDone)
    {
        call.Stream = true;
        call.Http.Response.ContentType = "text/event-stream; charset=utf-8";
        call.Http.Response.Headers["x-request-id"] = call.RequestId;
        foreach (var data in events)
        {
            var text = data.ToJsonString();
            await call.Http.Response.WriteAsync($"event: {(string?)data["type"]}\ndata: {text}\n\n", call.Gone);
            await call.Http.Response.Body.FlushAsync(call.Gone);
        }

        if (withDone)
        {
            await call.Http.Response.WriteAsync("data: [DONE]\n\n", call.Gone);
        }

        call.SentWhole(default);
        call.Finish(Completion.Complete);
    }
}
