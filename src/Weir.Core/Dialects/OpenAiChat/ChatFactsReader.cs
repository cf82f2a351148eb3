using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>The one strict pass over a chat completion request.</summary>
internal static class ChatFactsReader
{
    private static readonly string[] Known =
    [
        "model", "messages", "stream", "stream_options", "max_tokens", "max_completion_tokens", "n", "tools", "tool_choice",
        "functions", "function_call", "user", "safety_identifier", "response_format", "tool_resources", "temperature", "top_p", "stop",
    ];

    public static FactsResult Read(ReadOnlySpan<byte> body, CallHead head) =>
        StrictBody.Read(body, head, Walk);

    private static RequestFacts Walk(ref StrictJsonReader json, int firstMember, CallHead head)
    {
        var prompt = new PromptTally();
        string? model = head.Model, user = null, safety = null;
        var isFim = head.Operation == Operation.Completion;
        ByteRange modelValue = default, options = default, includeUsage = default;
        bool stream = false, optionsHaveMembers = false, wantsUsage = false, hasTools = false, hasFunctions = false, hasMessages = false;
        long? maxTokens = null, maxCompletionTokens = null, choices = null;

        while (json.NextMember())
        {
            if (json.ValueTextEquals("model"u8))
            {
                var named = json.ReadRequiredString("a non-empty string: the model's name");
                model = head.Model ?? named;
                modelValue = new ByteRange(json.TokenStart, json.TokenEnd - json.TokenStart);
            }
            else if (json.ValueTextEquals("messages"u8))
            {
                hasMessages = true;
                ChatMessageFacts.Read(ref json, ref prompt);
            }
            else if (isFim && (json.ValueTextEquals("prompt"u8) || json.ValueTextEquals("suffix"u8)))
            {
                hasMessages |= json.ValueTextEquals("prompt"u8);
                prompt.TextBytes += json.SkipValue().Length;
            }
            else if (json.ValueTextEquals("stream"u8))
            {
                stream = json.ReadOptionalBool() ?? false;
            }
            else if (json.ValueTextEquals("stream_options"u8))
            {
                options = ReadStreamOptions(ref json, out optionsHaveMembers, out includeUsage, out wantsUsage);
            }
            else if (json.ValueTextEquals("max_tokens"u8))
            {
                maxTokens = json.ReadOptionalCount(0);
            }
            else if (json.ValueTextEquals("max_completion_tokens"u8))
            {
                maxCompletionTokens = json.ReadOptionalCount(0);
            }
            else if (json.ValueTextEquals("n"u8))
            {
                choices = json.ReadOptionalCount(1);
            }
            else if (json.ValueTextEquals("tools"u8))
            {
                hasTools |= ReadTools(ref json, ref prompt);
            }
            else if (json.ValueTextEquals("functions"u8))
            {
                hasFunctions |= ReadTools(ref json, ref prompt);
            }
            else if (json.ValueTextEquals("response_format"u8))
            {
                prompt.TextBytes += json.SkipValue().Length;
            }
            else if (json.ValueTextEquals("tool_resources"u8))
            {
                prompt.Objects.Within(ref json);
            }
            else if (json.ValueTextEquals("user"u8))
            {
                user = json.ReadOptionalString();
            }
            else if (json.ValueTextEquals("safety_identifier"u8))
            {
                safety = json.ReadOptionalString();
            }
            else
            {
                json.RefuseVariantOf(Known);
                json.SkipValue();
            }
        }

        if (model is null)
            throw Missing("model", "the model's name");
        if (!hasMessages)
            throw isFim ? Missing("prompt", "the text before the cursor") : Missing("messages", "an array of messages");
        return new RequestFacts
        {
            Model = model,
            ModelValue = modelValue,
            ModelInPath = head.Model is not null,
            Stream = stream,
            StreamOptionsValue = options,
            StreamOptionsHasMembers = optionsHaveMembers,
            IncludeUsageValue = includeUsage,
            ClientWantsUsage = wantsUsage,
            FirstMemberOffset = firstMember,
            MaxOutputTokens = maxCompletionTokens ?? maxTokens,
            Choices = (int)Math.Min(choices ?? 1, int.MaxValue),
            MessageCount = prompt.Messages,
            HasTools = hasTools || hasFunctions,
            LegacyFunctions = hasFunctions && !hasTools,
            HasMedia = prompt.HasMedia,
            PromptTextBytes = prompt.TextBytes,
            UserId = safety ?? user,
            NamedObjects = prompt.Objects.All,
        };
    }

    private static ByteRange ReadStreamOptions(ref StrictJsonReader json, out bool hasMembers, out ByteRange includeUsage,
        out bool wantsUsage)
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
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
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

    private static bool ReadTools(ref StrictJsonReader json, ref PromptTally prompt)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return false;
        if (json.TokenType != JsonTokenType.StartArray)
            throw json.WrongType("an array or null");
        var start = json.TokenStart;
        var any = false;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            any = true;
            prompt.Objects.Within(ref json);
        }

        if (any)
            prompt.TextBytes += json.TokenEnd - start;
        return any;
    }

    private static JsonRefusal Missing(string name, string what) =>
        new(new BadRequest("missing_field", $"'{name}' is required: {what}.", name));
}
