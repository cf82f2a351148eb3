using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.CohereChat;

/// <summary>Canon as a chat request.</summary>
internal sealed class CohereRequestWriter(UpstreamTarget target, TranslationNotes notes)
{
    private const string Unknown = "Cohere's API has no such parameter";

    public void Write(ModelRequest request, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("model"u8, target.Model);
        json.WriteBoolean("stream"u8, request.Stream);
        new CohereMessageWriter(json, notes).WriteAll(request.Messages);
        WriteTools(json, request);
        if (request.MaxOutputTokens is { } max)
            json.WriteNumber("max_tokens"u8, max);
        json.WriteRaw("temperature"u8, request.Temperature);
        json.WriteRaw("p"u8, request.TopP);
        json.WriteRaw("k"u8, request.TopK);
        json.WriteRaw("seed"u8, request.Seed);
        json.WriteRaw("frequency_penalty"u8, request.FrequencyPenalty);
        json.WriteRaw("presence_penalty"u8, request.PresencePenalty);
        if (request.StopSequences.Count > 0)
            json.WriteStrings("stop_sequences"u8, request.StopSequences);
        WriteFormat(json, request.ResponseFormat);
        WriteThinking(json, request.Reasoning);
        NoteRest(request);
        json.WriteEndObject();
    }

    private void NoteRest(ModelRequest request)
    {
        if (request.Choices is > 1)
            notes.Refuse("n", "Cohere gives one answer");
        if (!request.LogitBias.IsEmpty)
            notes.Drop("logit_bias", Unknown);
        if (request.Logprobs is true || request.TopLogprobs is not null)
            notes.Drop("logprobs", "Cohere's log probabilities have another shape");
        if (request.ParallelToolCalls is not null)
            notes.Drop("parallel_tool_calls", Unknown);
        if (request.Verbosity is not null)
            notes.Drop("verbosity", Unknown);
        if (request.ServiceTier is not null)
            notes.Drop("service_tier", Unknown);
        if (request.UserId is not null)
            notes.Drop("user", Unknown);
    }

    private void WriteTools(Utf8JsonWriter json, ModelRequest request)
    {
        if (request.Tools.Count == 0)
        {
            if (request.ToolChoice is { Mode: ToolChoiceMode.Required or ToolChoiceMode.Named })
                notes.Refuse("tool_choice", "a tool is demanded but none is offered");
            return;
        }

        var choice = request.ToolChoice;
        json.WriteStartArray("tools"u8);
        foreach (var tool in request.Tools.Where(t => choice?.Mode != ToolChoiceMode.Named || t.Name == choice.Name))
        {
            if (!tool.CacheControl.IsEmpty)
                notes.Drop("tools.cache_control", "Cohere caches prompts on its own");
            json.WriteStartObject();
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, tool.Name);
            if (tool.Description is not null)
                json.WriteString("description"u8, tool.Description);
            json.WriteRaw("parameters"u8, tool.ParametersSchema.IsEmpty ? RawJson.FromText("""{"type":"object","properties":{}}""") : tool.ParametersSchema);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (request.Tools.All(t => t.Strict is true))
            json.WriteBoolean("strict_tools"u8, true);
        else if (request.Tools.Any(t => t.Strict is true))
            notes.Drop("tools.strict", "Cohere is strict with all tools or none");
        if (choice?.Mode == ToolChoiceMode.Named)
            notes.Adapt("tool_choice", "only the named tool is offered, and one must be called");
        if (choice?.Mode is ToolChoiceMode.Required or ToolChoiceMode.Named)
            json.WriteString("tool_choice"u8, "REQUIRED"u8);
        else if (choice?.Mode == ToolChoiceMode.None)
            json.WriteString("tool_choice"u8, "NONE"u8);
    }

    private static void WriteFormat(Utf8JsonWriter json, ResponseFormat? format)
    {
        if (format is null or { Kind: ResponseFormatKind.Text })
            return;
        json.WriteStartObject("response_format"u8);
        json.WriteString("type"u8, "json_object"u8);
        if (format.Kind == ResponseFormatKind.JsonSchema)
            json.WriteRaw("json_schema"u8, format.Schema);
        json.WriteEndObject();
    }

    private void WriteThinking(Utf8JsonWriter json, ReasoningSettings? reasoning)
    {
        if (reasoning is null)
            return;
        var isOff = reasoning is { Enabled: false } or { Effort: "none" };
        json.WriteStartObject("thinking"u8);
        json.WriteString("type"u8, isOff ? "disabled"u8 : "enabled"u8);
        if (!isOff && reasoning.BudgetTokens is { } budget)
            json.WriteNumber("token_budget"u8, budget);
        else if (!isOff && reasoning.Effort is not null)
            notes.Adapt("reasoning", "effort became thinking switched on");
        json.WriteEndObject();
    }
}
