namespace Weir.Core.Dialects;

/// <summary>How a stream is cut into frames on the wire.</summary>
public enum StreamFraming
{
    /// <summary>Server-sent events (WHATWG HTML, 9.2).</summary>
    ServerSentEvents,

    /// <summary>One JSON document per line (<c>application/x-ndjson</c>).</summary>
    JsonLines,

    /// <summary>The elements of one JSON array, written as they come.</summary>
    JsonArray,

    /// <summary>Binary messages with CRCs (<c>application/vnd.amazon.eventstream</c>).</summary>
    AwsEventStream,

    /// <summary>No frames at all: a sound, a file. It is whole when its body ends in order.</summary>
    Raw,
}
