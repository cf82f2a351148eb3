using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Weir.Admin.Contracts;

namespace Weir.Admin;

/// <summary>Writes answers and errors in one shape.</summary>
internal static class AdminResponse
{
    public static async Task JsonAsync<T>(HttpContext context, int status, T value, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        var body = JsonSerializer.SerializeToUtf8Bytes(value, type);
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    public static Task OkAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type) => JsonAsync(context, 200, value, type);

    public static Task ErrorAsync(HttpContext context, int status, string code, string message, string? hint = null) =>
        JsonAsync(context, status, new ErrorBody(new ErrorView(code, message, hint)), AdminJson.Default.ErrorBody);
}
