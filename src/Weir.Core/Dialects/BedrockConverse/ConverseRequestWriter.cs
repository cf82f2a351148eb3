using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>Canon as a Converse body. What has no place is noted: dropped when the answer is merely less steered, refused when the caller would miss what it asked for.</summary>
internal static class ConverseRequestWriter
{
    private const string NoCounterpart = "Bedrock has no counterpart.";

    public static void Write(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes)
    {
        NoteUnmapped(request, notes);
        var family = ModelFamilies.Of(target.Model);
        var conversation = new ConverseConversation(request.Messages, ReasoningSeal.VendorOf(target.Model), notes);
        var maxTokens = request.MaxOutputTokens ?? target.DefaultMaxOutputTokens;
        var reasoning = ReasoningPlan.For(request, target, family, maxTokens, conversation, notes);
        var tools = new ConverseToolsWriter(request, conversation, notes);
        var parts = new ConversePartWriter(notes, cachePoints: family is ModelFamily.Claude or ModelFamily.Nova);

        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        WriteSystem(json, conversation, parts, [SchemaInWords(request, target, notes), tools.Instruction]);
        WriteTurns(json, conversation, parts);
        WriteInference(json, request, reasoning, reasoning.ClaudeThinks || request.MaxOutputTokens is not null ? maxTokens : null, target, notes);
        tools.Write(json, parts);
        WriteAdditional(json, request, family, reasoning, target, notes);
        WriteFormat(json, request, target, notes);
        WriteTier(json, request.ServiceTier, notes);
        json.WriteEndObject();
    }

    private static void NoteUnmapped(ModelRequest request, TranslationNotes notes)
    {
        if (request.Choices is > 1)
            notes.Refuse("n", "Bedrock gives one answer per call; make several calls.");
        if (request.Logprobs == true || request.TopLogprobs is > 0)
            notes.Refuse("logprobs", "Bedrock reports no log probabilities.");
        DropIf(!request.Seed.IsEmpty, "seed");
        DropIf(!request.FrequencyPenalty.IsEmpty, "frequency_penalty");
        DropIf(!request.PresencePenalty.IsEmpty, "presence_penalty");
        DropIf(!request.LogitBias.IsEmpty, "logit_bias");
        DropIf(request.Verbosity is not null, "verbosity");
        DropIf(request.UserId is not null, "user");
        DropIf(request.ParallelToolCalls == false, "parallel_tool_calls");

        void DropIf(bool given, string name)
        {
            if (given)
                notes.Drop(name, NoCounterpart);
        }
    }

    private static void WriteSystem(Utf8JsonWriter json, ConverseConversation conversation, ConversePartWriter parts, ReadOnlySpan<string?> more)
    {
        if (conversation.System.Count == 0 && !more.ContainsAnyExcept((string?)null))
            return;
        json.WriteStartArray("system"u8);
        foreach (var part in conversation.System)
            parts.Write(json, part, "system");
        foreach (var text in more)
        {
            if (text is not null)
                parts.Write(json, new ContentPart.Text(text), "system");
        }
        json.WriteEndArray();
    }

    private static void WriteTurns(Utf8JsonWriter json, ConverseConversation conversation, ConversePartWriter parts)
    {
        json.WriteStartArray("messages"u8);
        foreach (var turn in conversation.Turns)
        {
            json.WriteStartObject();
            json.WriteString("role"u8, turn.IsAssistant ? "assistant"u8 : "user"u8);
            json.WriteStartArray("content"u8);
            foreach (var (part, path) in turn.Parts)
                parts.Write(json, part, path);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteInference(Utf8JsonWriter json, ModelRequest request, ReasoningPlan reasoning, long? maxTokens, UpstreamTarget target, TranslationNotes notes)
    {
        json.WriteStartObject("inferenceConfig"u8);
        if (maxTokens is { } limit)
            json.WriteNumber("maxTokens"u8, limit);
        var obstacle = !target.Quirks.SupportsSamplingParameters ? "This model takes no sampling parameters."
            : reasoning.ClaudeThinks ? "Claude takes no sampling parameters while thinking is on." : null;
        if (obstacle is not null)
        {
            if (!request.Temperature.IsEmpty && Value(request.Temperature) != 1)
                notes.Drop("temperature", obstacle);
            if (!request.TopP.IsEmpty && Value(request.TopP) != 1)
                notes.Drop("top_p", obstacle);
        }
        else
        {
            if (Value(request.Temperature) > 1)
            {
                notes.Adapt("temperature", "Bedrock's scale ends at 1.");
                json.WriteNumber("temperature"u8, 1);
            }
            else
            {
                json.WriteRaw("temperature"u8, request.Temperature);
            }
            if (request.Temperature.IsEmpty || reasoning.Family != ModelFamily.Claude)
                json.WriteRaw("topP"u8, request.TopP);
            else if (!request.TopP.IsEmpty && Value(request.TopP) != 1)
                notes.Drop("top_p", "Newer Claude models refuse temperature and top_p together; temperature was kept.");
        }
        var stops = request.StopSequences.Where(s => !string.IsNullOrWhiteSpace(s)).ToList();
        if (stops.Count < request.StopSequences.Count)
            notes.Drop("stop", "Stop sequences of white space alone are refused.");
        if (stops.Count > 0)
            json.WriteStrings("stopSequences"u8, stops);
        json.WriteEndObject();
    }

    private static void WriteAdditional(Utf8JsonWriter json, ModelRequest request, ModelFamily family, ReasoningPlan reasoning, UpstreamTarget target, TranslationNotes notes)
    {
        var topK = !request.TopK.IsEmpty && family is ModelFamily.Claude or ModelFamily.Nova && !reasoning.ClaudeThinks && target.Quirks.SupportsSamplingParameters;
        if (!request.TopK.IsEmpty && !topK)
            notes.Drop("top_k", NoCounterpart);
        if (!topK && reasoning.IsEmpty)
            return;
        json.WriteStartObject("additionalModelRequestFields"u8);
        reasoning.Write(json);
        if (topK && family == ModelFamily.Claude)
        {
            json.WriteRaw("top_k"u8, request.TopK);
        }
        else if (topK)
        {
            json.WriteStartObject("inferenceConfig"u8);
            json.WriteRaw("topK"u8, request.TopK);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>What is asked for in words because the upstream has no switch for it.</summary>
    private static string? SchemaInWords(ModelRequest request, UpstreamTarget target, TranslationNotes notes)
    {
        if (request.ResponseFormat is { Kind: ResponseFormatKind.JsonObject })
        {
            notes.Adapt("response_format", "json_object became an instruction in the system prompt.");
            return "Respond with a single valid JSON object and nothing else: no explanation and no code fence.";
        }
        if (request.ResponseFormat is not { Kind: ResponseFormatKind.JsonSchema } format || target.Quirks.SupportsJsonSchema)
            return null;
        notes.Adapt("response_format", "json_schema became an instruction in the system prompt.");
        return $"Respond with a single JSON document and nothing else: no explanation and no code fence. It must be valid under this JSON Schema:\n{format.Schema}";
    }

    private static void WriteFormat(Utf8JsonWriter json, ModelRequest request, UpstreamTarget target, TranslationNotes notes)
    {
        if (request.ResponseFormat is not { Kind: ResponseFormatKind.JsonSchema } format || !target.Quirks.SupportsJsonSchema)
            return;
        var (schema, changed) = StrictSchema.Close(format.Schema);
        if (changed)
            notes.Adapt("response_format", "Objects of the schema were closed (additionalProperties: false), as Bedrock demands.");
        json.WriteStartObject("outputConfig"u8);
        json.WriteStartObject("textFormat"u8);
        json.WriteString("type"u8, "json_schema"u8);
        json.WriteStartObject("structure"u8);
        json.WriteStartObject("jsonSchema"u8);
        json.WriteString("schema"u8, schema);
        if (format.Name is { Length: > 0 } name)
            json.WriteString("name"u8, name);
        if (format.Description is { Length: > 0 } description)
            json.WriteString("description"u8, description);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTier(Utf8JsonWriter json, string? tier, TranslationNotes notes)
    {
        if (tier is null or "" or "auto")
            return;
        if (tier is not ("default" or "priority" or "flex" or "reserved"))
        {
            notes.Drop("service_tier", NoCounterpart);
            return;
        }
        json.WriteStartObject("serviceTier"u8);
        json.WriteString("type"u8, tier);
        json.WriteEndObject();
    }

    private static decimal? Value(RawJson number) =>
        decimal.TryParse(number.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
