using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects;

/// <summary>OpenAI's <c>moderation</c>, which no other provider carries out: scores can be gone without, a block cannot.</summary>
internal static class ModerationWish
{
    public static void Note(JsonElement moderation, TranslationNotes notes, string noCounterpart)
    {
        var policy = moderation.Object("policy"u8) ?? default;
        if (Blocks(policy, "input"u8) || Blocks(policy, "output"u8))
            notes.Refuse("moderation", "what is to be blocked is known to OpenAI only");
        else
            notes.Drop("moderation", noCounterpart);
    }

    private static bool Blocks(JsonElement policy, ReadOnlySpan<byte> side) => policy.Object(side)?.Text("mode"u8) == "block";
}
