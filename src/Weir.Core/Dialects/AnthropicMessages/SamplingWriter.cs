using System.Globalization;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>Temperature, top_p and top_k under Anthropic's restrictions; numbers that may stay keep their spelling.</summary>
internal static class SamplingWriter
{
    public static void Write(Utf8JsonWriter json, ModelRequest request, UpstreamTarget target, ThinkingPlan thinking, TranslationNotes notes)
    {
        string? obstacle = !target.Quirks.SupportsSamplingParameters ? "This model takes no sampling parameters."
            : thinking.IsOn ? "Anthropic takes no sampling parameters while thinking is on."
            : null;
        if (obstacle is not null)
        {
            if (!request.Temperature.IsEmpty && Value(request.Temperature) != 1)
                notes.Drop("temperature", obstacle);
            if (!request.TopP.IsEmpty && Value(request.TopP) != 1)
                notes.Drop("top_p", obstacle);
            if (!request.TopK.IsEmpty)
                notes.Drop("top_k", obstacle);
            return;
        }

        WriteTemperature(json, request, notes);
        if (request.Temperature.IsEmpty)
            json.WriteRaw("top_p"u8, request.TopP);
        else if (!request.TopP.IsEmpty && Value(request.TopP) != 1)
            notes.Drop("top_p", "Newer Anthropic models refuse temperature and top_p together; temperature was kept.");
        json.WriteRaw("top_k"u8, request.TopK);
    }

    private static void WriteTemperature(Utf8JsonWriter json, ModelRequest request, TranslationNotes notes)
    {
        if (Value(request.Temperature) > 1)
        {
            notes.Adapt("temperature", "Anthropic's scale ends at 1.");
            json.WriteNumber("temperature"u8, 1);
            return;
        }

        json.WriteRaw("temperature"u8, request.Temperature);
    }

    /// <summary>Only for comparisons; what is sent is the client's spelling.</summary>
    private static decimal? Value(RawJson number)
        => decimal.TryParse(number.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) ? value : null;
}
