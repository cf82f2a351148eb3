namespace Weir.Core.Dialects;

/// <summary>What goes with a framing.</summary>
public static class StreamFramings
{
    /// <summary>The content type of a stream so framed.</summary>
    public static string ContentType(this StreamFraming framing) => framing switch
    {
        StreamFraming.JsonLines => "application/x-ndjson",
        StreamFraming.JsonArray => "application/json; charset=utf-8",
        StreamFraming.AwsEventStream => "application/vnd.amazon.eventstream",
        _ => "text/event-stream; charset=utf-8",
    };
}
