using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>The one strict pass over a Responses request. <c>input</c> may be absent: a stored prompt can hold it.</summary>
internal static class ResponsesFactsReader
{
    private static readonly string[] Known =
    [
        "model", "input", "instructions", "stream", "stream_options", "tools", "tool_choice", "max_output_tokens", "user",
        "safety_identifier", "text", "reasoning", "store", "previous_response_id", "conversation", "background", "include",
        "temperature", "top_p", "metadata", "prompt",
    ];

    public static FactsResult Read(ReadOnlySpan<byte> body, Operation operation) =>
        StrictBody.Read(body, operation, Walk);

    private static RequestFacts Walk(ref StrictJsonReader json, int firstMember, Operation operation)
    {
        var prompt = new PromptTally();
        string? model = null, user = null, safety = null, previous = null;
        ByteRange modelValue = default;
        bool stream = false, hasTools = false, keeps = true;
        long? maxTokens = null;

        while (json.NextMember())
        {
            if (json.ValueTextEquals("model"u8))
            {
                model = json.ReadRequiredString("a non-empty string: the model's name");
                modelValue = new ByteRange(json.TokenStart, json.TokenEnd - json.TokenStart);
            }
            else if (json.ValueTextEquals("input"u8))
            {
                InputFacts.Read(ref json, ref prompt);
            }
            else if (json.ValueTextEquals("instructions"u8))
            {
                InputFacts.ReadText(ref json, ref prompt);
            }
            else if (json.ValueTextEquals("previous_response_id"u8))
            {
                previous = json.ReadOptionalString();
                if (previous is not null && !ItemIds.IsOwnResponse(previous))
                    prompt.Objects.Add(previous, "response");
            }
            else if (json.ValueTextEquals("conversation"u8))
            {
                prompt.Objects.Reference(ref json, "conversation");
            }
            else if (json.ValueTextEquals("prompt"u8))
            {
                prompt.Objects.Within(ref json); // Its variables can be files.
            }
            else if (json.ValueTextEquals("stream"u8))
            {
                stream = json.ReadOptionalBool() ?? false;
            }
            else if (json.ValueTextEquals("store"u8))
            {
                keeps = json.ReadOptionalBool() ?? true;
            }
            else if (json.ValueTextEquals("max_output_tokens"u8))
            {
                maxTokens = json.ReadOptionalCount(0);
            }
            else if (json.ValueTextEquals("tools"u8))
            {
                hasTools = ReadTools(ref json, ref prompt);
            }
            else if (json.ValueTextEquals("text"u8))
            {
                prompt.TextBytes += json.SkipValue().Length; // Holds the schema of the answer.
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
            throw new JsonRefusal(new BadRequest("missing_field", "'model' is required: the model's name.", "model"));
        return new RequestFacts
        {
            Model = model,
            ModelValue = modelValue,
            Stream = stream && operation == Operation.Chat,
            ClientWantsUsage = true,
            FirstMemberOffset = firstMember,
            MaxOutputTokens = maxTokens,
            MessageCount = prompt.Items,
            HasTools = hasTools,
            HasMedia = prompt.HasMedia,
            PromptTextBytes = prompt.TextBytes,
            NamesAnswers = prompt.HasReference || (previous is not null && ItemIds.IsOwnResponse(previous)),
            KeepsAnswer = keeps && operation == Operation.Chat,
            UserId = safety ?? user,
            NamedObjects = prompt.Objects.All,
            MayMakeContainer = prompt.UsesContainer,
            RequiredEdits = prompt.Cuts ?? (IReadOnlyList<Splice>)[],
        };
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
        {
            var tools = json.Body[start..json.TokenEnd];
            prompt.TextBytes += tools.Length;
            prompt.UsesContainer = tools.IndexOf("\"code_interpreter\""u8) >= 0 || tools.IndexOf("\"shell\""u8) >= 0;
        }


        return any;
    }
}
