namespace Weir.Core.Dialects;

/// <summary>What a dialect must know of the target it writes for.</summary>
/// <param name="Model">The upstream's own model name.</param>
/// <param name="Quirks">How the provider departs from the dialect.</param>
/// <param name="DefaultMaxOutputTokens">Cap to send where the dialect requires one and the client set none (Anthropic).</param>
public sealed record UpstreamTarget(string Model, UpstreamQuirks Quirks, long DefaultMaxOutputTokens);
