using Weir.Core.Canon;

namespace Weir.Core.Telemetry;

/// <summary>The disjoint token classes of <see cref="Usage"/> as names and an index: <c>class</c> label and JSON member alike.</summary>
internal static class TokenClass
{
    public const int Count = 10;

    private static readonly string[] Names =
    [
        "input_uncached", "cache_read", "cache_write_5m", "cache_write_1h", "input_audio", "input_image",
        "output_visible", "reasoning", "output_audio", "output_image",
    ];

    public static string Name(int index) => Names[index];

    public static long Of(in Usage usage, int index) => index switch
    {
        0 => usage.InputUncached,
        1 => usage.CacheRead,
        2 => usage.CacheWrite5m,
        3 => usage.CacheWrite1h,
        4 => usage.InputAudio,
        5 => usage.InputImage,
        6 => usage.OutputVisible,
        7 => usage.Reasoning,
        8 => usage.OutputAudio,
        _ => usage.OutputImage,
    };
}
