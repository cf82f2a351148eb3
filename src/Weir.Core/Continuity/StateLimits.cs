namespace Weir.Core.Continuity;

/// <summary>How long state is kept, and how much of it.</summary>
/// <param name="Lifetime">From the last write.</param>
/// <param name="MaxValueBytes">Largest value.</param>
/// <param name="MaxTenantBytes">Most bytes of one tenant; the oldest leave first.</param>
public sealed record StateLimits(TimeSpan Lifetime, int MaxValueBytes, long MaxTenantBytes)
{
    /// <summary>A tool loop may wait for a person over a weekend. A thinking block is rarely over 100 KB.</summary>
    public static StateLimits Reasoning { get; } = new(TimeSpan.FromDays(7), 4 << 20, 256L << 20);

    /// <summary>OpenAI keeps stored responses for 30 days.</summary>
    public static StateLimits StoredResponse { get; } = new(TimeSpan.FromDays(30), 16 << 20, 1L << 30);

    /// <summary>The limits of a kind.</summary>
    public static StateLimits Of(StateKind kind) => kind == StateKind.Reasoning ? Reasoning : StoredResponse;
}
