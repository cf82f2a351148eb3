using System.Text.Json;
using Weir.Core.Semantics.External;

namespace Weir.Core.Spine;

/// <summary>The part of a decision record that says how content was judged, beside the facts a decision hangs on. Never the content.</summary>
internal static class SignalRecord
{
    public static void Write(Utf8JsonWriter json, Exchange exchange)
    {
        if (exchange.Content is not { } content)
            return;
        var known = content.Known;
        if (known is { Intent: null, Difficulty: null, Language: null, PrefersStrong: null } && content.ClassifierSource is null)
            return;
        json.WriteStartObject("content"u8);
        if (known.Intent is { } intent)
        {
            json.WriteString("intent"u8, intent);
            json.WriteNumber("confidence"u8, Math.Round(known.IntentConfidence, 3));
        }
        if (content.ClassifierSource is { } source)
            json.WriteString("classifier"u8, source switch { VerdictSource.Classifier => "answered", VerdictSource.DeadlinePassed => "late", _ => "failed" });
        if (known.Difficulty is { } difficulty)
            json.WriteNumber("difficulty"u8, Math.Round(difficulty, 3));
        if (known.PrefersStrong is { } strong)
            json.WriteBoolean("strong"u8, strong);
        if (known.Language is { } language)
            json.WriteString("language"u8, language);
        json.WriteEndObject();
    }
}
