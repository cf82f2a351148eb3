namespace Weir.Core.Catalog;

/// <summary>
/// Prices as written in configuration: decimal text, so that no reader turns them into doubles. US dollars per
/// <b>million</b> tokens; those that begin with <c>Per</c> are dollars each. Null: not stated.
/// </summary>
public abstract record PriceFields
{
    public string? Input { get; init; }

    public string? Output { get; init; }

    public string? CacheRead { get; init; }

    /// <summary>Writing to a cache that lives five minutes, or whose lifetime is not stated.</summary>
    public string? CacheWrite5m { get; init; }

    public string? CacheWrite1h { get; init; }

    public string? Reasoning { get; init; }

    public string? InputAudio { get; init; }

    public string? OutputAudio { get; init; }

    public string? InputImage { get; init; }

    public string? OutputImage { get; init; }

    public string? PerRequest { get; init; }

    public string? PerSearch { get; init; }

    /// <summary>One image of whatever kind has no price of its own.</summary>
    public string? PerImage { get; init; }

    /// <summary>One second of sound that is heard.</summary>
    public string? PerSecond { get; init; }

    /// <summary>One character that is spoken.</summary>
    public string? PerCharacter { get; init; }

    internal IEnumerable<(string Name, string Text)> Stated()
    {
        (string, string?)[] all =
        [
            ("input", Input), ("output", Output), ("cacheRead", CacheRead), ("cacheWrite5m", CacheWrite5m),
            ("cacheWrite1h", CacheWrite1h), ("reasoning", Reasoning), ("inputAudio", InputAudio),
            ("outputAudio", OutputAudio), ("inputImage", InputImage), ("outputImage", OutputImage),
            ("perRequest", PerRequest), ("perSearch", PerSearch),
            ("perImage", PerImage), ("perSecond", PerSecond), ("perCharacter", PerCharacter),
        ];
        foreach (var (name, text) in all)
            if (text is not null)
                yield return (name, text);
    }
}
