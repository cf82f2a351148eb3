using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// One strict pass over the body of any method. The path says model and method; the query says how a stream is framed.
/// Fields in both spellings at once are refused: two parsers could choose differently.
/// </summary>
internal static class GeminiFactsReader
{
    private static ReadOnlySpan<string> KnownNames => (string[])["contents", "content", "requests", "model", "tools", "systemInstruction", "system_instruction",
        "generationConfig", "generation_config", "generateContentRequest", "generate_content_request"];

    public static FactsResult Read(ReadOnlySpan<byte> body, CallHead head)
    {
        if (head.Model is not { Length: > 0 } model)
            return new BadRequest("missing_field", "The path names no model.", "model");
        return StrictBody.Read(body, (head, model), static (ref reader, firstMember, call) =>
        {
            var found = new FactsFound();
            ReadMembers(ref reader, found);
            return found.Contents > 0 ? Facts(found, call.head, call.model, firstMember) : throw Missing(call.head.Operation);
        });
    }

    /// <summary>How the query wants a stream framed: <c>alt=sse</c>, in Google's APIs also spelled <c>$alt</c>.</summary>
    public static StreamFraming FramingOf(string? query)
    {
        foreach (string member in (query ?? "").TrimStart('?').Split('&'))
        {
            if (member is "alt=sse" or "$alt=sse" or "%24alt=sse")
                return StreamFraming.ServerSentEvents;
        }

        return StreamFraming.JsonArray;
    }

    private static RequestFacts Facts(FactsFound found, CallHead head, string model, int firstMember) => new()
    {
        Model = model,
        Stream = head.Stream == true && head.Operation == Operation.Chat,
        Framing = FramingOf(head.Query),
        ClientWantsUsage = true,
        FirstMemberOffset = firstMember,
        MaxOutputTokens = found.MaxOutputTokens,
        Choices = found.Choices,
        MessageCount = found.Contents,
        HasTools = found.HasTools,
        HasMedia = found.HasMedia,
        PromptTextBytes = found.TextBytes,
        RequiredEdits = found.Edits,
        FurtherModelValues = found.ModelValues,
    };

    private static JsonRefusal Missing(Operation operation)
    {
        string? name = operation switch
        {
            Operation.Embeddings => "content",
            Operation.BatchEmbeddings => "requests",
            _ => "contents",
        };
        return new JsonRefusal(new BadRequest("missing_field", $"'{name}' is required; add it to the request body.", name));
    }

    /// <summary>Stands on the opening brace of a request object, ends on its closing one.</summary>
    private static void ReadMembers(ref StrictJsonReader reader, FactsFound found)
    {
        reader.FoldCase();
        var seen = new SpellingGuard();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("contents"u8) || reader.ValueTextEquals("content"u8))
                found.Contents += ContentMeasure.Contents(ref reader, found);
            else if (reader.ValueTextEquals("requests"u8))
                ReadRequests(ref reader, found);
            else if (reader.ValueTextEquals("model"u8))
                ReadModel(ref reader, found);
            else if (reader.ValueTextEquals("tools"u8))
                ReadTools(ref reader, found);
            else if (reader.IsField("systemInstruction"u8, "system_instruction"u8))
            {
                seen.Once(ref reader, 1);
                ContentMeasure.Contents(ref reader, found);
            }
            else if (reader.IsField("generationConfig"u8, "generation_config"u8))
            {
                seen.Once(ref reader, 2);
                ReadConfig(ref reader, found);
            }
            else if (reader.IsField("generateContentRequest"u8, "generate_content_request"u8))
            {
                seen.Once(ref reader, 4);
                ReadNested(ref reader, found);
            }
            else
            {
                reader.RefuseVariantOf(KnownNames);
                reader.SkipValue();
            }
        }
    }

    private static void ReadNested(ref StrictJsonReader reader, FactsFound found)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw reader.WrongType("an object");
        ReadMembers(ref reader, found);
    }

    private static void ReadRequests(ref StrictJsonReader reader, FactsFound found)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw reader.WrongType("an array of requests");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw reader.WrongType("an object");
            ReadMembers(ref reader, found);
        }
    }

    private static void ReadModel(ref StrictJsonReader reader, FactsFound found)
    {
        reader.ReadRequiredString("the model's name", keep: false);
        found.ModelValues.Add(new ByteRange(reader.TokenStart, reader.TokenEnd - reader.TokenStart));
    }

    private static void ReadTools(ref StrictJsonReader reader, FactsFound found)
    {
        ByteRange tools = reader.SkipValue();
        found.HasTools |= tools.Length > 4; // more than [] or null
        found.TextBytes += tools.Length;
    }

    private static void ReadConfig(ref StrictJsonReader reader, FactsFound found)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return;
        if (reader.TokenType != JsonTokenType.StartObject)
            throw reader.WrongType("an object");
        reader.FoldCase();
        var seen = new SpellingGuard();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.IsField("maxOutputTokens"u8, "max_output_tokens"u8))
            {
                seen.Once(ref reader, 1);
                found.MaxOutputTokens = reader.ReadOptionalCount(0);
            }
            else if (reader.IsField("candidateCount"u8, "candidate_count"u8))
            {
                seen.Once(ref reader, 2);
                found.Choices = (int)Math.Clamp(reader.ReadOptionalCount(0) ?? 1, 1, 1000);
            }
            else
                reader.SkipValue();
        }
    }

    /// <summary>Notices a field that comes in both spellings.</summary>
    private struct SpellingGuard
    {
        private int _seen;

        public void Once(ref StrictJsonReader reader, int field)
        {
            if ((_seen & field) != 0)
                throw reader.Refuse("duplicate_key", "is given in camel case and in snake case; send it once");
            _seen |= field;
        }
    }
}
