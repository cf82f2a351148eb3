namespace Weir.Core.Semantics.Intents;

/// <summary>A kind of request, declared by what people say who mean it.</summary>
/// <param name="Name">How configuration and records call it; unique among the classes.</param>
/// <param name="Examples">Utterances. Ten are a start, fifty are good; empty ones are not allowed.</param>
public sealed record IntentClass(string Name, IReadOnlyList<string> Examples);
