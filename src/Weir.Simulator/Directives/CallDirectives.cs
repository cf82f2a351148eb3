using Weir.Simulator.Answers;

namespace Weir.Simulator.Directives;

/// <summary>
/// What one call shall do. Written as <c>[[sim tokens=20 cut=5]]</c> anywhere in the last user message, so that it
/// passes through any gateway unchanged, or as the same names in a script. Times take a unit (<c>10ms</c>,
/// <c>2s</c>, <c>1m</c>; a bare number is milliseconds). Event counts count what the dialect frames as events,
/// from the first (role delta, <c>message_start</c>) to the last (<c>[DONE]</c>, <c>message_stop</c>).
/// </summary>
public sealed record CallDirectives
{
    /// <summary><c>tokens=N</c>: length of the text answer, in tokens.</summary>
    public int? Tokens { get; init; }

    /// <summary><c>echo="text"</c>: the text answer itself.</summary>
    public string? Echo { get; init; }

    /// <summary><c>thinking=N</c>: reasoning tokens before the answer, shown where the dialect shows them.</summary>
    public int? Thinking { get; init; }

    /// <summary><c>reasoning=FIELD</c>: chat deltas carry the reasoning in FIELD (<c>reasoning_content</c>, <c>reasoning</c>).</summary>
    public string? ReasoningField { get; init; }

    /// <summary><c>tool=NAME[,NAME]</c>, or bare <c>tool</c> for the first one offered: answer with tool calls.</summary>
    public string? Tool { get; init; }

    /// <summary><c>calls=N</c>: how many parallel tool calls.</summary>
    public int? Calls { get; init; }

    /// <summary><c>signed</c>: Gemini takes tool calls back only with the thought signatures it gave them.</summary>
    public bool Signed { get; init; }

    /// <summary>
    /// <c>arguments="JSON"</c>: the arguments of every tool call, instead of ones made up from the schema. An array: those of
    /// one round of calls after another, each once the results of the last are there; an array in it: of parallel calls.
    /// </summary>
    public string? Arguments { get; init; }

    /// <summary><c>cached=N</c>: prompt tokens reported as read from cache.</summary>
    public int? Cached { get; init; }

    /// <summary><c>finish=length|content_filter|stop</c>: the reason given for the end.</summary>
    public string? Finish { get; init; }

    /// <summary><c>usage=continuous|final|none</c>.</summary>
    public UsageReport? Usage { get; init; }

    /// <summary><c>ttft=TIME</c>: wait before the response starts.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary><c>pace=TIME</c>: wait between tokens; every event is flushed by itself.</summary>
    public TimeSpan? Pace { get; init; }

    /// <summary><c>chunk=N</c>: cut the bytes into writes of N, whatever the event boundaries; <c>pace</c> goes between them.</summary>
    public int? Chunk { get; init; }

    /// <summary><c>cut=N</c>: reset the connection after N events. A single body is cut in its middle.</summary>
    public int? Cut { get; init; }

    /// <summary><c>end=N</c>: end the body cleanly after N events, without terminal events.</summary>
    public int? End { get; init; }

    /// <summary><c>stall=N</c>: N events, then silence until the client goes.</summary>
    public int? Stall { get; init; }

    /// <summary><c>error-at=N</c>: N events, then the dialect's error event and the end.</summary>
    public int? ErrorAt { get; init; }

    /// <summary><c>status=N</c>: an error in the dialect's own shape (200 gives an error body under a success status).</summary>
    public int? Status { get; init; }

    /// <summary><c>retry-after=V</c>: seconds, or with <c>ms</c> for <c>retry-after-ms</c>; only with a status.</summary>
    public string? RetryAfter { get; init; }

    /// <summary><c>rate-limit=none</c>: a refusal says nothing of limits; <c>rate-limit=TIME</c>: they are used up and whole again after TIME.</summary>
    public string? RateLimit { get; init; }

    /// <summary>The time in <see cref="RateLimit"/>, or null.</summary>
    public TimeSpan? RateLimitReset { get; init; }

    /// <summary><c>html=1</c>: the error body is an HTML page (status 502 unless given).</summary>
    public bool Html { get; init; }

    /// <summary><c>content-type=V</c>: the content type announced.</summary>
    public string? ContentType { get; init; }

    /// <summary><c>garbage=N</c>: event N is malformed; a single body is truncated JSON.</summary>
    public int? Garbage { get; init; }

    /// <summary><c>badutf8=N</c>: token N of the text holds bytes that are not UTF-8.</summary>
    public int? BadUtf8 { get; init; }

    /// <summary><c>headers=endless</c>: response headers without end.</summary>
    public bool EndlessHeaders { get; init; }

    /// <summary><c>slow-headers=TIME</c>: the response head one byte at a time, TIME apart.</summary>
    public TimeSpan? SlowHeaders { get; init; }

    /// <summary><c>silent=1</c>: no byte, ever.</summary>
    public bool Silent { get; init; }

    /// <summary><c>gzip=bomb</c>: a gzip body that unpacks to a gigabyte of spaces.</summary>
    public bool GzipBomb { get; init; }

    /// <summary>Fills what is not set here from <paramref name="defaults"/>; only length and latency have defaults.</summary>
    internal CallDirectives WithDefaults(CallDirectives defaults) => this with
    {
        Tokens = Tokens ?? defaults.Tokens,
        TimeToFirstToken = TimeToFirstToken ?? defaults.TimeToFirstToken,
        Pace = Pace ?? defaults.Pace,
        Usage = Usage ?? defaults.Usage,
        Thinking = Thinking ?? defaults.Thinking,
    };
}
