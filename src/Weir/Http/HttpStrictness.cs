using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Weir.Core.Errors;

namespace Weir.Http;

/// <summary>Refuses what the web server lets pass although two servers could read it differently (request smuggling, path confusion).</summary>
internal static class HttpStrictness
{
    /// <summary>Model names may hold a slash, so an id in a path may hold an encoded one.</summary>
    private const string ModelPrefix = "/v1/models/";
    private const string BedrockPrefix = "/model/";

    // Fields that steer framing, routing or authentication have to be known before the body (RFC 9110 §6.5.1).
    private static readonly string[] NotInTrailers =
        ["content-length", "transfer-encoding", "host", "trailer", "te", "connection", "content-type", "content-encoding", "authorization", "x-api-key", "x-goog-api-key", "api-key"];

    /// <summary>Checks the head of a request, before anything else looks at it.</summary>
    public static GatewayError? Check(HttpContext context, HeadRecorder? recorder)
    {
        if (recorder is not null && HeadCheck.Find(recorder.Head) is { } fault)
            return Refuse("ambiguous_framing", fault);

        // The raw head of HTTP/1 was looked at above.
        if (recorder is null && FindLookAlike(context.Request.Headers) is { } name)
            return Refuse("ambiguous_framing", $"The header '{name}' looks like a framing header but is not one.");

        // A body whose length was not given would be read as the next request.
        if (recorder is not null && HttpMethods.IsPost(context.Request.Method) && context.Request.ContentLength is null && context.Request.Headers.TransferEncoding.Count == 0)
            return Refuse("length_required", "The request has neither Content-Length nor 'Transfer-Encoding: chunked'.") with { HttpStatus = 411 };

        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        return IsPlain(target) ? null : Refuse("ambiguous_path", "The path has encoded, empty or relative segments.");
    }

    /// <summary>After a chunked body: the name of a trailer field that only a header may be, or null.</summary>
    public static string? FindTrailer(HttpRequest request)
    {
        if (request.Headers.TransferEncoding.Count == 0 || !request.CheckTrailersAvailable())
            return null;
        var trailers = request.HttpContext.Features.Get<IHttpRequestTrailersFeature>()!.Trailers;
        return trailers.Count == 0 ? null : Array.Find(NotInTrailers, trailers.ContainsKey);
    }

    /// <summary>A target whose path every server reads the same way.</summary>
    private static bool IsPlain(ReadOnlySpan<char> target)
    {
        if (target.IndexOf('?') is >= 0 and var query)
            target = target[..query];
        if (target is "*")
            return true;
        if (!target.StartsWith('/'))
        {
            // Absolute form: the server has compared its authority with the Host header.
            if (target.IndexOf("://", StringComparison.Ordinal) is not (>= 0 and var scheme))
                return false;
            target = target[(scheme + 3)..];
            target = target.IndexOf('/') is >= 0 and var path ? target[path..] : "/";
        }

        if (target.ContainsAny('\\', '#') || target.Contains("//", StringComparison.Ordinal))
            return false;
        foreach (var segment in target.Split('/'))
        {
            if (target[segment] is "." or "..")
                return false;
        }
        return !target.Contains('%') || (target.StartsWith(ModelPrefix, StringComparison.Ordinal) && IsPlainId(target[ModelPrefix.Length..]))
            // Bedrock's clients encode the colons and slashes of model ids and ARNs.
            || (target.StartsWith(BedrockPrefix, StringComparison.Ordinal) && IsPlainId(target[BedrockPrefix.Length..]));
    }

    private static bool IsPlainId(ReadOnlySpan<char> id) =>
        !id.Contains("..", StringComparison.Ordinal) && !id.Contains("%2e", StringComparison.OrdinalIgnoreCase) && !id.Contains("%5c", StringComparison.OrdinalIgnoreCase)
        && !id.Contains("%25", StringComparison.Ordinal) && !id.Contains("%00", StringComparison.Ordinal);

    private static string? FindLookAlike(IHeaderDictionary headers) =>
        headers.ContainsKey("content_length") ? "content_length" : headers.ContainsKey("transfer_encoding") ? "transfer_encoding" : null;

    private static GatewayError Refuse(string code, string what) => new(ErrorKind.InvalidRequest, Step.Accept, Party.Client, 400, code,
        what + " Requests that two servers could read differently are refused.");
}
