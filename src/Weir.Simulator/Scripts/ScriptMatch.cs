namespace Weir.Simulator.Scripts;

/// <summary>Which calls a rule is for. What is null does not restrict. <c>*</c> in path and model matches anything.</summary>
internal sealed record ScriptMatch
{
    public string? Path { get; init; }

    public string? Model { get; init; }

    /// <summary>Text that the last user message contains.</summary>
    public string? Contains { get; init; }

    /// <summary>Only the N-th call that matches the rest, from 1.</summary>
    public long? Nth { get; init; }

    /// <summary>Every N-th call that matches the rest.</summary>
    public long? Every { get; init; }

    public bool Fits(string path, string model, string text) =>
        (Path is null || Glob(Path, path)) && (Model is null || Glob(Model, model)) &&
        (Contains is null || text.Contains(Contains, StringComparison.Ordinal));

    private static bool Glob(string pattern, string value) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, value, ignoreCase: false);
}
