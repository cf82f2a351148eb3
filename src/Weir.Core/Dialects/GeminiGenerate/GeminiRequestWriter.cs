using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>Canon as a generate body. The model and whether to stream stand in the path. What has no place is noted or refused.</summary>
internal static class GeminiRequestWriter
{
    private const string NoCounterpart = "Gemini has no counterpart.";

    public static void Write(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes)
    {
        ModelTraits traits = ModelTraits.Of(target.Model);
        NoteUnmapped(request, notes);
        var conversation = new TurnList(request.Messages, notes);
        string? instruction = JsonInstruction(request, traits, notes);
        using Utf8JsonWriter json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        WriteSystem(json, conversation.System, instruction);
        WriteContents(json, conversation, traits, notes);
        GeminiToolsWriter.Write(json, request, notes);
        GenerationConfigWriter.Write(json, request, traits, writesFormat: instruction is null, notes);
        WriteTier(json, request.ServiceTier, notes);
        json.WriteEndObject();
    }

    private static void NoteUnmapped(ModelRequest request, TranslationNotes notes)
    {
        if (request.Choices is > 1)
            notes.Refuse("n", "A translated answer holds one choice; make several calls.");
        if (!request.LogitBias.IsEmpty)
            notes.Drop("logit_bias", NoCounterpart);
        if (request.ParallelToolCalls == false)
            notes.Drop("parallel_tool_calls", "Gemini cannot be kept from calling several functions at once.");
        if (request.Verbosity is not null)
            notes.Drop("verbosity", NoCounterpart);
        if (request.UserId is not null)
            notes.Drop("user", NoCounterpart);
    }

    /// <summary>Before Gemini 3 a JSON answer and functions exclude each other: the format is asked for in words then.</summary>
    private static string? JsonInstruction(ModelRequest request, ModelTraits traits, TranslationNotes notes)
    {
        if (traits.IsThree || request.Tools.Count == 0 || request.ResponseFormat is not { Kind: not ResponseFormatKind.Text } format)
            return null;
        notes.Adapt("response_format", "This model takes no JSON format beside tools; it became an instruction.");
        const string Demand = "When you do not call a function, respond with a single JSON document and nothing else: no explanation and no code fence.";
        return format.Schema.IsEmpty ? Demand : $"{Demand} It must be valid under this JSON Schema:\n{format.Schema}";
    }

    private static void WriteSystem(Utf8JsonWriter json, List<string> system, string? instruction)
    {
        if (system.Count == 0 && instruction is null)
            return;
        json.WriteStartObject("systemInstruction"u8);
        json.WriteStartArray("parts"u8);
        foreach (string text in instruction is null ? system : [.. system, instruction])
        {
            json.WriteStartObject();
            json.WriteString("text"u8, text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteContents(Utf8JsonWriter json, TurnList conversation, ModelTraits traits, TranslationNotes notes)
    {
        var parts = new PartWriter(json, conversation.CallNames, traits, notes);
        json.WriteStartArray("contents"u8);
        foreach (GeminiTurn turn in conversation.Turns)
        {
            json.WriteStartObject();
            json.WriteString("role"u8, turn.IsModel ? "model"u8 : "user"u8);
            json.WriteStartArray("parts"u8);
            parts.WriteTurn(turn);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTier(Utf8JsonWriter json, string? tier, TranslationNotes notes)
    {
        switch (tier)
        {
            case null or "" or "auto":
                break;
            case "default" or "standard" or "standard_only":
                json.WriteString("serviceTier"u8, "standard"u8);
                break;
            case "flex" or "priority":
                json.WriteString("serviceTier"u8, tier);
                break;
            default:
                notes.Drop("service_tier", NoCounterpart);
                break;
        }
    }
}
