using Microsoft.AspNetCore.Http;
using System.Text.Json;
using Weir.Simulator.Json;

namespace Weir.Simulator.Calls;

/// <summary>A provider's wire format.</summary>
internal interface IDialect
{
    string Name { get; }

    /// <summary>Checks the credential and other required headers.</summary>
    /// <exception cref="ApiFault">Refused.</exception>
    void Authenticate(HttpRequest request, string? requiredKey);

    /// <summary>Validates as strictly as the real service.</summary>
    /// <exception cref="ApiFault">Refused.</exception>
    DialectRequest Read(HttpRequest request, JsonElement body);

    string StreamContentType(HttpRequest request);

    void WriteWhole(Reply reply, EventBuffer to);

    /// <summary>The same where the path decides the shape.</summary>
    void WriteWhole(HttpRequest request, Reply reply, EventBuffer to) => WriteWhole(reply, to);

    /// <summary>Writes event after event into the buffer, which the caller empties in between.</summary>
    IEnumerable<SimEvent> Stream(HttpRequest request, Reply reply, EventBuffer to);

    void WriteError(ApiFault fault, string requestId, EventBuffer to);

    /// <summary>The error event of a stream that has begun.</summary>
    void WriteStreamError(HttpRequest request, EventBuffer to);

    /// <summary>Sets the headers the service always sends; <paramref name="input"/> is the size of the prompt in tokens.</summary>
    void SetHeaders(IHeaderDictionary headers, int status, string requestId, long input, DateTimeOffset now);
}
