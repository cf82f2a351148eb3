using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiCompletions;

/// <summary>The one strict pass over a completion request.</summary>
internal static class CompletionFactsReader
{
    // Prompts given as token ids: what such a token is worth in bytes of English text.
    private const int BytesPerToken = 4;

    private static readonly string[] Known =
        ["model", "prompt", "suffix", "stream", "stream_options", "max_tokens", "n", "best_of", "echo", "logprobs", "stop", "user", "temperature", "top_p"];

    public static FactsResult Read(ReadOnlySpan<byte> body, string? modelInPath) =>
        StrictBody.Read(body, modelInPath, Walk);

    private static RequestFacts Walk(ref StrictJsonReader json, int firstMember, string? modelInPath)
    {
        var weight = new PromptWeight();
        string? model = modelInPath, user = null;
        ByteRange modelValue = default, options = default, includeUsage = default;
        bool stream = false, optionsHaveMembers = false, wantsUsage = false;
        long? maxTokens = null, choices = null;
        var prompts = 1;
        while (json.NextMember())
        {
            if (json.ValueTextEquals("model"u8))
            {
                var named = json.ReadModel(out modelValue);
                model = modelInPath ?? named;
            }
            else if (json.ValueTextEquals("prompt"u8))
                prompts = ReadPrompt(ref json, ref weight);
            else if (json.ValueTextEquals("suffix"u8))
                weight.Add(ref json, []);
            else if (json.ValueTextEquals("stream"u8))
                stream = json.ReadOptionalBool() ?? false;
            else if (json.ValueTextEquals("stream_options"u8))
                options = ReadOptions(ref json, out optionsHaveMembers, out includeUsage, out wantsUsage);
            else if (json.ValueTextEquals("max_tokens"u8))
                maxTokens = json.ReadOptionalCount(long.MinValue) is >= 0 and var cap ? cap : null; // What is no cap, the provider refuses in its own words.
            else if (json.ValueTextEquals("n"u8))
                choices = json.ReadOptionalCount(1);
            else if (json.ValueTextEquals("user"u8))
                user = json.ReadOptionalString();
            else
            {
                json.RefuseVariantOf(Known);
                json.SkipValue();
            }
        }

        if (model is null)
            throw StrictBody.Missing("model", "the model's name");
        return new RequestFacts
        {
            Model = model,
            ModelValue = modelValue,
            ModelInPath = modelInPath is not null,
            Stream = stream,
            StreamOptionsValue = options,
            StreamOptionsHasMembers = optionsHaveMembers,
            IncludeUsageValue = includeUsage,
            ClientWantsUsage = wantsUsage,
            FirstMemberOffset = firstMember,
            MaxOutputTokens = maxTokens,
            Choices = (int)Math.Min((choices ?? 1) * prompts, int.MaxValue),
            MessageCount = prompts,
            PromptTextBytes = weight.TextBytes,
            UserId = user,
        };
    }

    // string | string[] | int[] | int[][]: how many prompts.
    private static int ReadPrompt(ref StrictJsonReader json, ref PromptWeight weight)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.String or JsonTokenType.Null)
        {
            weight.AddValue(ref json, []);
            return 1;
        }

        if (json.TokenType != JsonTokenType.StartArray)
            throw json.WrongType("a string, an array of strings, an array of token ids, or an array of such arrays");
        var prompts = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.Number)
            {
                weight.TextBytes += BytesPerToken;
                continue;
            }

            prompts++;
            if (json.TokenType == JsonTokenType.StartArray)
                weight.TextBytes += json.SkipValue().Length;
            else
                weight.AddValue(ref json, []);
        }

        return Math.Max(1, prompts);
    }

    private static ByteRange ReadOptions(ref StrictJsonReader json, out bool hasMembers, out ByteRange includeUsage, out bool wantsUsage)
    {
        includeUsage = default;
        hasMembers = wantsUsage = false;
        json.Read();
        var start = json.TokenStart;
        if (json.TokenType == JsonTokenType.Null)
            return new ByteRange(start, json.TokenEnd - start);
        if (json.TokenType != JsonTokenType.StartObject)
            throw json.WrongType("an object or null");
        json.FoldCase();
        while (json.NextMember())
        {
            hasMembers = true;
            if (!json.ValueTextEquals("include_usage"u8))
            {
                json.RefuseVariantOf(["include_usage"]);
                json.SkipValue();
                continue;
            }

            wantsUsage = json.ReadOptionalBool() ?? false;
            includeUsage = new ByteRange(json.TokenStart, json.TokenEnd - json.TokenStart);
        }

        return new ByteRange(start, json.TokenEnd - start);
    }
}
