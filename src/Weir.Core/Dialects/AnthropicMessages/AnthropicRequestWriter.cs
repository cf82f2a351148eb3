using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>Canon as a Messages body. What has no place is noted: dropped when the answer is merely less steered, refused when the caller would miss what it asked for.</summary>
internal static class AnthropicRequestWriter
{
    private const string NoCounterpart = "Anthropic has no counterpart.";

    public static void Write(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes)
    {
        NoteUnmapped(request, notes);
        long maxTokens = request.MaxOutputTokens ?? target.DefaultMaxOutputTokens;
        var conversation = new Conversation(request.Messages, notes);
        ThinkingPlan thinking = ThinkingPlan.For(request, target, maxTokens, conversation, notes);

        using Utf8JsonWriter json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("model"u8, target.Model);
        json.WriteNumber("max_tokens"u8, maxTokens);
        if (request.Stream)
            json.WriteBoolean("stream"u8, true);
        WriteSystem(json, conversation, SystemSuffix(request, target, notes));
        WriteTurns(json, conversation, notes);
        ToolsWriter.Write(json, request, conversation, notes);
        thinking.Write(json);
        WriteOutputConfig(json, request, target, thinking, notes);
        SamplingWriter.Write(json, request, target, thinking, notes);
        WriteStops(json, request, notes);
        if (request.UserId is { Length: > 0 } user)
        {
            json.WriteStartObject("metadata"u8);
            json.WriteString("user_id"u8, user);
            json.WriteEndObject();
        }

        if (ServiceTier(request.ServiceTier, notes) is { } tier)
            json.WriteString("service_tier"u8, tier);
        json.WriteEndObject();
    }

    private static void NoteUnmapped(ModelRequest request, TranslationNotes notes)
    {
        if (request.Choices is > 1)
            notes.Refuse("n", "Anthropic gives one answer per call; make several calls.");
        if (request.Logprobs == true || request.TopLogprobs is > 0)
            notes.Refuse("logprobs", "Anthropic reports no log probabilities.");
        if (!request.Seed.IsEmpty)
            notes.Drop("seed", NoCounterpart);
        if (!request.FrequencyPenalty.IsEmpty)
            notes.Drop("frequency_penalty", NoCounterpart);
        if (!request.PresencePenalty.IsEmpty)
            notes.Drop("presence_penalty", NoCounterpart);
        if (!request.LogitBias.IsEmpty)
            notes.Drop("logit_bias", NoCounterpart);
        if (request.Verbosity is not null)
            notes.Drop("verbosity", NoCounterpart);
    }

    /// <summary>What is asked for in words because the upstream has no switch for it.</summary>
    private static string? SystemSuffix(ModelRequest request, UpstreamTarget target, TranslationNotes notes)
    {
        if (request.ResponseFormat is { Kind: ResponseFormatKind.JsonObject })
        {
            notes.Adapt("response_format", "json_object became an instruction in the system prompt.");
            return "Respond with a single valid JSON object and nothing else: no explanation and no code fence.";
        }

        if (request.ResponseFormat is { Kind: ResponseFormatKind.JsonSchema } format && !target.Quirks.SupportsJsonSchema)
        {
            notes.Adapt("response_format", "json_schema became an instruction in the system prompt.");
            return "Respond with a single JSON document and nothing else: no explanation and no code fence. "
                + $"It must be valid under this JSON Schema:\n{format.Schema}";
        }

        return null;
    }

    private static void WriteSystem(Utf8JsonWriter json, Conversation conversation, string? suffix)
    {
        if (conversation.System.Count == 0 && suffix is null)
            return;
        json.WriteStartArray("system"u8);
        foreach ((ContentPart.Text part, string _) in conversation.System)
            PartWriter.WriteText(json, part.Value, part.CacheControl);
        if (suffix is not null)
            PartWriter.WriteText(json, suffix, default);
        json.WriteEndArray();
    }

    private static void WriteTurns(Utf8JsonWriter json, Conversation conversation, TranslationNotes notes)
    {
        var parts = new PartWriter(json, notes);
        json.WriteStartArray("messages"u8);
        foreach (Turn turn in conversation.Turns)
        {
            json.WriteStartObject();
            json.WriteString("role"u8, turn.IsAssistant ? "assistant"u8 : "user"u8);
            json.WriteStartArray("content"u8);
            foreach ((ContentPart part, string path) in turn.Parts)
                parts.Write(part, path);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOutputConfig(Utf8JsonWriter json, ModelRequest request, UpstreamTarget target, ThinkingPlan thinking, TranslationNotes notes)
    {
        RawJson schema = request.ResponseFormat is { Kind: ResponseFormatKind.JsonSchema } format && target.Quirks.SupportsJsonSchema
            ? format.Schema
            : default;
        if (thinking.Effort is null && schema.IsEmpty)
            return;
        json.WriteStartObject("output_config"u8);
        if (thinking.Effort is { } effort)
            json.WriteString("effort"u8, effort);
        if (!schema.IsEmpty)
        {
            json.WriteStartObject("format"u8);
            json.WriteString("type"u8, "json_schema"u8);
            json.WritePropertyName("schema"u8);
            if (ClosedSchema.Write(json, schema))
                notes.Adapt("response_format", "Objects of the schema were closed (additionalProperties: false), as Anthropic demands.");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteStops(Utf8JsonWriter json, ModelRequest request, TranslationNotes notes)
    {
        var stops = request.StopSequences.Where(s => !string.IsNullOrWhiteSpace(s)).ToList();
        if (stops.Count < request.StopSequences.Count)
            notes.Drop("stop", "Anthropic refuses stop sequences of white space alone.");
        if (stops.Count == 0)
            return;
        json.WriteStrings("stop_sequences"u8, stops);
    }

    private static string? ServiceTier(string? tier, TranslationNotes notes)
    {
        switch (tier)
        {
            case null or "":
                return null;
            case "auto":
                return "auto";
            case "default" or "standard" or "standard_only":
                return "standard_only";
            case "priority":
                notes.Adapt("service_tier", "priority became auto: Anthropic uses priority capacity where the organisation has it.");
                return "auto";
            default:
                notes.Drop("service_tier", NoCounterpart);
                return null;
        }
    }
}
