namespace Weir.Core.Catalog;

/// <summary>Limits and capabilities of a model at a provider. Null means that no source says; it does not mean zero or none.</summary>
/// <param name="Provider">Weir's name of the provider whose list says so.</param>
/// <param name="Model">The entry's name in that list.</param>
/// <param name="ContextWindow">Tokens of prompt and reply together.</param>
/// <param name="MaxOutputTokens">Tokens of one reply; the default where a dialect requires a limit (Anthropic's <c>max_tokens</c>).</param>
/// <param name="Capabilities">See <see cref="ModelCapabilities"/>.</param>
/// <param name="Released">The day it was first offered.</param>
public sealed record ModelFacts(
    string Provider, string Model, int? ContextWindow, int? MaxOutputTokens, ModelCapabilities? Capabilities, DateOnly? Released);
