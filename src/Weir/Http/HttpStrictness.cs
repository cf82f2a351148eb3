using Microsoft.AspNetCore.Http;
using Weir.Core.Errors;

namespace Weir.Http;

/// <summary>Refuses what the web server lets pass although two parsers could read it differently (request smuggling).</summary>
internal static class HttpStrictness
{
    public static GatewayError? Check(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.TransferEncoding.Count > 0)
        {
            if (headers.ContentLength is not null || headers.ContainsKey("X-Content-Length"))
                return Refuse("Content-Length and Transfer-Encoding were both sent.");
            if (context.Request.Protocol == "HTTP/1.0")
                return Refuse("HTTP/1.0 has no Transfer-Encoding.");
        }

        foreach (var (name, _) in headers)
        {
            if (name.Contains('_', StringComparison.Ordinal) && IsLookAlike(name))
                return Refuse($"The header '{name}' looks like a framing header but is not one.");
        }
        return null;
    }

    private static bool IsLookAlike(string name) =>
        name.Equals("content_length", StringComparison.OrdinalIgnoreCase) || name.Equals("transfer_encoding", StringComparison.OrdinalIgnoreCase);

    private static GatewayError Refuse(string what) => new(ErrorKind.InvalidRequest, Step.Accept, Party.Client, 400, "ambiguous_framing",
        what + " Requests that two servers could read differently are refused.");
}
