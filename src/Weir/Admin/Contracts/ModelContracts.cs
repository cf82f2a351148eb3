namespace Weir.Admin.Contracts;

/// <summary>One place of a model, as the registry knows it.</summary>
/// <param name="Name"><c>provider/model</c>.</param>
/// <param name="Provider">The provider's name.</param>
/// <param name="Model">Its own name of the model.</param>
/// <param name="Priced">A price is known.</param>
/// <param name="Known">The catalogue has facts on it, or its operator declared some.</param>
/// <param name="Offered">The provider's own list names it; null = it was not asked, or has none. Patterns: null.</param>
/// <param name="ContextWindow">Tokens, or null: nobody says.</param>
/// <param name="Capabilities">What it takes and makes beyond text, or null: nobody says.</param>
/// <param name="Region">Where calls are processed, or null: nobody says.</param>
public sealed record ModelTargetView(string Name, string Provider, string Model, bool Priced, bool Known, bool? Offered, long? ContextWindow,
    IReadOnlyList<string>? Capabilities, string? Region);

/// <summary>A public name. <paramref name="Access"/>: <c>public</c>, <c>hidden</c> or <c>internal</c>.</summary>
public sealed record RegistryModelView(string Name, string Access, IReadOnlyList<ModelTargetView> Targets);

/// <summary>What a provider's own list said when it was last asked.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="At">When it was asked.</param>
/// <param name="Problem">Why there was no list the last time, or null; then the models are those of the list before.</param>
/// <param name="Models">Every name in it.</param>
/// <param name="Unpriced">Those without a price.</param>
/// <param name="Unknown">Those that nothing is known of.</param>
/// <param name="Unserved">Those that no model of the configuration leads to.</param>
/// <param name="LastChange">How it differed when it last did, since the start of the process; null = it did not.</param>
public sealed record ProviderListView(string Provider, DateTimeOffset At, string? Problem, IReadOnlyList<string> Models, IReadOnlyList<string> Unpriced,
    IReadOnlyList<string> Unknown, IReadOnlyList<string> Unserved, ModelListChangeView? LastChange);

/// <summary>How a provider's list differed from the one before.</summary>
public sealed record ModelListChangeView(DateTimeOffset At, IReadOnlyList<string> Appeared, IReadOnlyList<string> Disappeared);

/// <summary>Answer of <c>GET /admin/v1/models</c> and <c>POST /admin/v1/models/discover</c>.</summary>
public sealed record ModelRegistryView(IReadOnlyList<RegistryModelView> Models, IReadOnlyList<ProviderListView> Providers);
