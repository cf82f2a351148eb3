using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OllamaChat;

/// <summary>Canon as an <c>/api/chat</c> request.</summary>
internal sealed class OllamaRequestWriter(UpstreamTarget target, TranslationNotes notes)
{
    private const string Unknown = "Ollama's API has no such parameter";

    public void Write(ModelRequest request, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("model"u8, target.Model);
        json.WriteBoolean("stream"u8, request.Stream);
        new OllamaMessageWriter(json, notes).WriteAll(request.Messages);
        WriteTools(json, request);
        WriteFormat(json, request.ResponseFormat);
        WriteThink(json, request.Reasoning);
        OllamaOptions.Write(json, request);
        if (request.Logprobs is { } logprobs)
            json.WriteBoolean("logprobs"u8, logprobs);
        if (request.TopLogprobs is { } top)
            json.WriteNumber("top_logprobs"u8, top);
        NoteRest(request);
        json.WriteEndObject();
    }

    private void NoteRest(ModelRequest request)
    {
        if (request.Choices is > 1)
            notes.Refuse("n", "Ollama gives one answer");
        if (!request.LogitBias.IsEmpty)
            notes.Drop("logit_bias", Unknown);
        if (request.Verbosity is not null)
            notes.Drop("verbosity", Unknown);
        if (request.ServiceTier is not null)
            notes.Drop("service_tier", Unknown);
        if (request.UserId is not null)
            notes.Drop("user", Unknown);
    }

    private void WriteTools(Utf8JsonWriter json, ModelRequest request)
    {
        var choice = request.ToolChoice;
        IEnumerable<ToolSpec> offered = choice?.Mode switch
        {
            ToolChoiceMode.None => [],
            ToolChoiceMode.Named => request.Tools.Where(t => t.Name == choice.Name),
            _ => request.Tools,
        };
        if (choice?.Mode == ToolChoiceMode.None && request.Tools.Count > 0)
            notes.Adapt("tool_choice", "the tools are not offered");
        else if (choice?.Mode == ToolChoiceMode.Required)
            notes.Drop("tool_choice", "Ollama cannot be made to call a tool");
        else if (choice?.Mode == ToolChoiceMode.Named)
            notes.Adapt("tool_choice", "only the named tool is offered; Ollama cannot be made to call it");
        if (request.ParallelToolCalls is not null)
            notes.Drop("parallel_tool_calls", Unknown);
        if (!offered.Any())
            return;
        json.WriteStartArray("tools"u8);
        foreach (var tool in offered)
        {
            if (!tool.CacheControl.IsEmpty)
                notes.Drop("tools.cache_control", "Ollama caches prompts on its own");
            if (tool.Strict is not null)
                notes.Drop("tools.strict", Unknown);
            json.WriteStartObject();
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, tool.Name);
            json.WriteString("description"u8, tool.Description ?? "");
            json.WriteRaw("parameters"u8, tool.ParametersSchema.IsEmpty ? RawJson.FromText("""{"type":"object","properties":{}}""") : tool.ParametersSchema);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFormat(Utf8JsonWriter json, ResponseFormat? format)
    {
        if (format is { Kind: ResponseFormatKind.JsonSchema, Schema.IsEmpty: false })
            json.WriteRaw("format"u8, format.Schema);
        else if (format is { Kind: not ResponseFormatKind.Text })
            json.WriteString("format"u8, "json"u8);
    }

    // Levels are for gpt-oss; every other model refuses them and knows on and off only.
    private void WriteThink(Utf8JsonWriter json, ReasoningSettings? reasoning)
    {
        if (reasoning is null)
            return;
        if (reasoning is { Enabled: false } or { Effort: "none" })
        {
            json.WriteBoolean("think"u8, false);
            return;
        }

        if (!target.Model.Contains("gpt-oss", StringComparison.OrdinalIgnoreCase))
        {
            if (reasoning.Effort is not null || reasoning.BudgetTokens is not null)
                notes.Adapt("reasoning", "this model can only be told to think or not");
            json.WriteBoolean("think"u8, true);
            return;
        }

        var level = reasoning.Effort switch
        {
            "minimal" or "low" => "low",
            "high" or "xhigh" or "max" => "high",
            null when reasoning.BudgetTokens is < 4_096 => "low",
            null when reasoning.BudgetTokens is >= 16_384 => "high",
            _ => "medium",
        };
        if (level != reasoning.Effort)
            notes.Adapt("reasoning", $"became level {level}");
        json.WriteString("think"u8, level);
    }
}
