namespace Weir.Core.Catalog;

/// <summary>
/// What a price is for. The first ten are token classes, in step with <see cref="Canon.Usage"/>; the rest are
/// per unit. Multipliers (batch, region) apply to token classes only.
/// </summary>
public enum PriceClass
{
    Input,
    CacheRead,
    CacheWrite5m,
    CacheWrite1h,
    InputAudio,
    InputImage,
    Output,
    Reasoning,
    OutputAudio,
    OutputImage,
    PerRequest,
    PerSearch,
    PerImage,
    PerSecond,
    PerCharacter,
}
