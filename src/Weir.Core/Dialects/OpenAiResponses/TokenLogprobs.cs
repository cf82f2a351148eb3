using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>Log probabilities: a bare array here, <c>{"content":[…]}</c> in canon.</summary>
internal static class TokenLogprobs
{
    public static void AddTo(List<RawJson> tokens, RawJson canon)
    {
        try
        {
            using var document = JsonDocument.Parse(canon.Utf8);
            foreach (var token in document.RootElement.Items("content"u8))
                tokens.Add(RawJson.FromText(token.GetRawText()).OnOneLine());
        }
        catch (JsonException)
        {
            // What is malformed is not passed on.
        }
    }

    public static RawJson ToCanon(JsonElement tokens) => RawJson.FromText($"{{\"content\":{tokens.GetRawText()},\"refusal\":null}}");
}
