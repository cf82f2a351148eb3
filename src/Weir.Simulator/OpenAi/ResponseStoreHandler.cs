using Microsoft.AspNetCore.Http;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.OpenAi;

/// <summary>Fetching, listing and deleting stored responses. These are not recorded as calls.</summary>
internal static partial class ResponseStoreHandler
{
    /// <summary>True when the request was one of these and is answered.</summary>
    public static bool Handle(HttpContext http, string path, ResponseStore store, string? requiredKey)
    {
        var match = StoredPath().Match(path);
        if (!match.Success || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsDelete(http.Request.Method)))
        {
            return false;
        }

        using var buffer = new EventBuffer();
        try
        {
            OpenAiErrors.Authenticate(http.Request, requiredKey);
            var id = match.Groups["id"].Value;
            var answer = match.Groups["items"].Success ? List(store.InputOf(id))
                : HttpMethods.IsGet(http.Request.Method) ? store.Find(id)
                : store.Delete(id) ? new JsonObject { ["id"] = id, ["object"] = "response.deleted", ["deleted"] = true } : null;
            buffer.Raw(System.Text.Encoding.UTF8.GetBytes((answer ?? throw new ApiFault(
                404, $"Response with id '{id}' not found.", "invalid_request_error")).ToJsonString()));
        }
        catch (ApiFault fault)
        {
            buffer.Clear();
            http.Response.StatusCode = fault.Status;
            OpenAiErrors.Write(fault, buffer);
        }

        http.Response.ContentType = "application/json";
        CallRunner.WriteUnflushed(http.Response, buffer.Written);
        return true;
    }

    private static JsonObject? List(JsonArray? input) => input is null ? null : new JsonObject
    {
        ["object"] = "list",
        ["data"] = input.DeepClone(),
        ["has_more"] = false,
        ["first_id"] = "",
        ["last_id"] = "",
    };

    [GeneratedRegex("/responses/(?<id>resp_[A-Za-z0-9_]+)(?<items>/input_items)?$")]
    private static partial Regex StoredPath();
}
