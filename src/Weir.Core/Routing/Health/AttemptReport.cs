using Weir.Core.Metering;

namespace Weir.Core.Routing.Health;

/// <summary>What one attempt tells about the target it went to.</summary>
public readonly record struct AttemptReport
{
    public required DateTimeOffset EndedAt { get; init; }
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>Upstream status, 0 when none arrived.</summary>
    public required int Status { get; init; }

    /// <summary>When the target asked to be left alone until, by its own headers; null when it did not.</summary>
    public DateTimeOffset? RestUntil { get; init; }

    /// <summary>The failure is the caller's or the credential's, not the target's.</summary>
    public bool IsNotItsFault { get; init; }

    /// <summary>From the attempt's start to its first content, or null.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>The answer came as a stream, so that the time to its first content and its pace are known.</summary>
    public bool Streamed { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>Tokens of the prompt, those read from the provider's cache among them; 0 when unknown.</summary>
    public long InputTokens { get; init; }

    public long CacheReadTokens { get; init; }

    /// <summary>Tokens of the answer, reasoning included; 0 when unknown.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Output cap the client set, or null.</summary>
    public long? MaxOutputTokens { get; init; }
}
