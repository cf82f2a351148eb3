namespace Weir.Core.Routing;

/// <summary>One model as model lists show it.</summary>
/// <param name="Names">What it may be asked for by, shortest way first: <c>gpt-4o</c>, <c>openai/gpt-4o</c>. A list shows the first the key may use.</param>
/// <param name="Owner">Who is shown to own it.</param>
/// <param name="DisplayName">Name for people, or null.</param>
/// <param name="Released">The day it was first offered, or null: nobody says.</param>
public sealed record ListedModel(IReadOnlyList<string> Names, string Owner, string? DisplayName, DateOnly? Released);
