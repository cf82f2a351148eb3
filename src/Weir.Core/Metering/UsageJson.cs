using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Metering;

/// <summary>Usage as members of a JSON object, classes that are zero left out; the names are those of decision records.</summary>
public static class UsageJson
{
    /// <summary>Writes the members; the object around them is the caller's.</summary>
    public static void Write(Utf8JsonWriter json, in Usage usage)
    {
        Count(json, "input"u8, usage.InputUncached);
        Count(json, "cacheRead"u8, usage.CacheRead);
        Count(json, "cacheWrite5m"u8, usage.CacheWrite5m);
        Count(json, "cacheWrite1h"u8, usage.CacheWrite1h);
        Count(json, "inputAudio"u8, usage.InputAudio);
        Count(json, "inputImage"u8, usage.InputImage);
        Count(json, "output"u8, usage.OutputVisible);
        Count(json, "reasoning"u8, usage.Reasoning);
        Count(json, "outputAudio"u8, usage.OutputAudio);
        Count(json, "outputImage"u8, usage.OutputImage);
        Count(json, "searches"u8, usage.SearchUnits);
        Count(json, "images"u8, usage.Images);
        Count(json, "audioSeconds"u8, usage.AudioSeconds);
        Count(json, "characters"u8, usage.Characters);
    }

    /// <summary>What <see cref="Write"/> wrote; members that are missing or no whole numbers are zero.</summary>
    public static Usage Read(JsonElement usage) => new()
    {
        InputUncached = Count(usage, "input"u8),
        CacheRead = Count(usage, "cacheRead"u8),
        CacheWrite5m = Count(usage, "cacheWrite5m"u8),
        CacheWrite1h = Count(usage, "cacheWrite1h"u8),
        InputAudio = Count(usage, "inputAudio"u8),
        InputImage = Count(usage, "inputImage"u8),
        OutputVisible = Count(usage, "output"u8),
        Reasoning = Count(usage, "reasoning"u8),
        OutputAudio = Count(usage, "outputAudio"u8),
        OutputImage = Count(usage, "outputImage"u8),
        SearchUnits = Count(usage, "searches"u8),
        Images = Count(usage, "images"u8),
        AudioSeconds = Count(usage, "audioSeconds"u8),
        Characters = Count(usage, "characters"u8),
    };

    private static void Count(Utf8JsonWriter json, ReadOnlySpan<byte> name, long value)
    {
        if (value != 0)
            json.WriteNumber(name, value);
    }

    private static long Count(JsonElement usage, ReadOnlySpan<byte> name) =>
        usage.ValueKind == JsonValueKind.Object && usage.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var count) ? count : 0;
}
