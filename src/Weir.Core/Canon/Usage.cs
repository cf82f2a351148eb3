namespace Weir.Core.Canon;

/// <summary>
/// What one call consumed, in <b>disjoint</b> classes: no token is counted in two fields, so the sum of the input
/// fields is the whole prompt and the sum of the output fields the whole reply. Providers report overlapping
/// counters with differing meanings; every dialect normalises into this before anything is priced.
/// Unit: tokens, except <see cref="SearchUnits"/> (billable tool or search calls) and the units of media that are not sold by
/// the token: <see cref="Images"/>, <see cref="AudioSeconds"/>, <see cref="Characters"/>.
/// </summary>
public readonly record struct Usage
{
    /// <summary>Text prompt tokens that were neither read from nor written to a provider cache.</summary>
    public long InputUncached { get; init; }

    /// <summary>Prompt tokens served from the provider's prompt cache.</summary>
    public long CacheRead { get; init; }

    /// <summary>Prompt tokens written to a cache that lives five minutes (or whose lifetime is not stated).</summary>
    public long CacheWrite5m { get; init; }

    /// <summary>Prompt tokens written to a cache that lives one hour.</summary>
    public long CacheWrite1h { get; init; }

    /// <summary>Audio prompt tokens (uncached).</summary>
    public long InputAudio { get; init; }

    /// <summary>Image prompt tokens, where the provider prices them apart.</summary>
    public long InputImage { get; init; }

    /// <summary>Reply tokens a reader can see: text and tool arguments.</summary>
    public long OutputVisible { get; init; }

    /// <summary>Reasoning ("thinking") tokens of the reply.</summary>
    public long Reasoning { get; init; }

    /// <summary>Audio reply tokens.</summary>
    public long OutputAudio { get; init; }

    /// <summary>Image reply tokens.</summary>
    public long OutputImage { get; init; }

    /// <summary>Billable searches or server-side tool calls.</summary>
    public long SearchUnits { get; init; }

    /// <summary>Images that were made.</summary>
    public long Images { get; init; }

    /// <summary>Length of the sound that was heard, in seconds, rounded to the nearest.</summary>
    public long AudioSeconds { get; init; }

    /// <summary>Characters (Unicode scalar values) that were spoken.</summary>
    public long Characters { get; init; }

    /// <summary>What the images are, as their price lists tell them apart: <c>quality/size</c>, for example <c>hd/1024x1792</c>; null without images.</summary>
    public string? ImageKind { get; init; }

    /// <summary>The service tier the response names (never the one the request asked for), or null.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>The serving region the response names, or null.</summary>
    public string? Region { get; init; }

    /// <summary>All prompt tokens.</summary>
    public long InputTotal => InputUncached + CacheRead + CacheWrite5m + CacheWrite1h + InputAudio + InputImage;

    /// <summary>All reply tokens.</summary>
    public long OutputTotal => OutputVisible + Reasoning + OutputAudio + OutputImage;

    /// <summary>True when nothing at all was counted.</summary>
    public bool IsEmpty => InputTotal == 0 && OutputTotal == 0 && SearchUnits == 0 && Images == 0 && AudioSeconds == 0 && Characters == 0;

    /// <summary>Class-wise sum; tier, region and kind of images of <paramref name="other"/> win when set.</summary>
    public Usage Plus(in Usage other) => new()
    {
        InputUncached = InputUncached + other.InputUncached,
        CacheRead = CacheRead + other.CacheRead,
        CacheWrite5m = CacheWrite5m + other.CacheWrite5m,
        CacheWrite1h = CacheWrite1h + other.CacheWrite1h,
        InputAudio = InputAudio + other.InputAudio,
        InputImage = InputImage + other.InputImage,
        OutputVisible = OutputVisible + other.OutputVisible,
        Reasoning = Reasoning + other.Reasoning,
        OutputAudio = OutputAudio + other.OutputAudio,
        OutputImage = OutputImage + other.OutputImage,
        SearchUnits = SearchUnits + other.SearchUnits,
        Images = Images + other.Images,
        AudioSeconds = AudioSeconds + other.AudioSeconds,
        Characters = Characters + other.Characters,
        ImageKind = other.ImageKind ?? ImageKind,
        ServiceTier = other.ServiceTier ?? ServiceTier,
        Region = other.Region ?? Region,
    };
}
