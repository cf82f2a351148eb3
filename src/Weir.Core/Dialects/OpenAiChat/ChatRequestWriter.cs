using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>Canon as a chat request, in the shape the target's quirks allow.</summary>
internal sealed class ChatRequestWriter(UpstreamTarget target, TranslationNotes notes)
{
    private readonly UpstreamQuirks _quirks = target.Quirks;

    public void Write(ModelRequest request, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("model"u8, target.Model);
        new ChatMessageWriter(json, _quirks, notes).WriteAll(request.Messages, request.GoesOn);
        if (request.GoesOn && _quirks.Prefill == PrefillForm.ContinueFinalMessage)
        {
            json.WriteBoolean("continue_final_message"u8, true);
            json.WriteBoolean("add_generation_prompt"u8, false);
        }

        WriteTools(json, request);
        if (request.Stream)
        {
            json.WriteBoolean("stream"u8, true);
            if (_quirks.SupportsIncludeUsage)
            {
                json.WriteStartObject("stream_options"u8);
                json.WriteBoolean("include_usage"u8, true);
                json.WriteEndObject();
            }
        }

        if (request.MaxOutputTokens is { } max)
            json.WriteNumber(_quirks.UsesMaxCompletionTokens ? "max_completion_tokens"u8 : "max_tokens"u8, max);
        WriteSampling(json, request);
        WriteFormat(json, request.ResponseFormat);
        WriteReasoning(json, request.Reasoning);
        if (request.Verbosity is not null)
            json.WriteString("verbosity"u8, request.Verbosity);
        WriteTier(json, request.ServiceTier);
        if (request.UserId is not null)
            json.WriteString("user"u8, request.UserId);
        json.WriteEndObject();
    }

    private void WriteSampling(Utf8JsonWriter json, ModelRequest request)
    {
        json.WriteRaw("temperature"u8, request.Temperature);
        json.WriteRaw("top_p"u8, request.TopP);
        json.WriteRaw("seed"u8, request.Seed);
        json.WriteRaw("frequency_penalty"u8, request.FrequencyPenalty);
        json.WriteRaw("presence_penalty"u8, request.PresencePenalty);
        json.WriteRaw("logit_bias"u8, request.LogitBias);
        if (!request.TopK.IsEmpty)
            notes.Drop("top_k", "the OpenAI chat API has no such parameter");
        if (request.Logprobs is { } logprobs)
            json.WriteBoolean("logprobs"u8, logprobs);
        if (request.TopLogprobs is { } top)
            json.WriteNumber("top_logprobs"u8, top);
        if (request.Choices is > 1)
            notes.Refuse("n", "a translated answer holds one choice; make several calls");
        if (request.StopSequences.Count == 0)
            return;
        json.WriteStrings("stop"u8, request.StopSequences);
    }

    private void WriteTools(Utf8JsonWriter json, ModelRequest request)
    {
        if (request.Tools.Count == 0)
        {
            if (request.ToolChoice is { Mode: ToolChoiceMode.Required or ToolChoiceMode.Named })
                notes.Refuse("tool_choice", "a tool is demanded but none is offered");
            return;
        }

        json.WriteStartArray("tools"u8);
        foreach (var tool in request.Tools)
        {
            if (!tool.CacheControl.IsEmpty)
                notes.Drop("tools.cache_control", "the upstream caches prompts on its own");
            json.WriteStartObject();
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, tool.Name);
            if (tool.Description is not null)
                json.WriteString("description"u8, tool.Description);
            json.WriteRaw("parameters"u8, tool.ParametersSchema);
            if (tool.Strict is { } strict)
                json.WriteBoolean("strict"u8, strict);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteChoice(json, request.ToolChoice);
        if (request.ParallelToolCalls is not { } parallel)
            return;
        if (_quirks.SupportsParallelToolCalls)
            json.WriteBoolean("parallel_tool_calls"u8, parallel);
        else
            notes.Drop("parallel_tool_calls", "the upstream does not know it");
    }

    private void WriteChoice(Utf8JsonWriter json, ToolChoice? choice)
    {
        switch (choice?.Mode)
        {
            case ToolChoiceMode.Auto:
                json.WriteString("tool_choice"u8, "auto"u8);
                break;
            case ToolChoiceMode.None:
                json.WriteString("tool_choice"u8, "none"u8);
                break;
            case ToolChoiceMode.Required:
                json.WriteString("tool_choice"u8, _quirks.RequiredToolChoiceWord);
                break;
            case ToolChoiceMode.Named:
                json.WriteStartObject("tool_choice"u8);
                json.WriteString("type"u8, "function"u8);
                json.WriteStartObject("function"u8);
                json.WriteString("name"u8, choice.Name);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
        }
    }

    private void WriteFormat(Utf8JsonWriter json, ResponseFormat? format)
    {
        if (format is null)
            return;
        var kind = format.Kind;
        if (kind == ResponseFormatKind.JsonSchema && !_quirks.SupportsJsonSchema)
        {
            notes.Adapt("response_format", "the upstream knows no schema: it is held to JSON only");
            kind = ResponseFormatKind.JsonObject;
        }

        json.WriteStartObject("response_format"u8);
        json.WriteString("type"u8, kind switch
        {
            ResponseFormatKind.Text => "text"u8,
            ResponseFormatKind.JsonObject => "json_object"u8,
            _ => "json_schema"u8,
        });
        if (kind == ResponseFormatKind.JsonSchema)
        {
            json.WriteStartObject("json_schema"u8);
            json.WriteString("name"u8, format.Name ?? "response"); // Required by the API.
            if (format.Description is not null)
                json.WriteString("description"u8, format.Description);
            json.WriteRaw("schema"u8, format.Schema);
            if (format.Strict is { } strict)
                json.WriteBoolean("strict"u8, strict);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteReasoning(Utf8JsonWriter json, ReasoningSettings? reasoning)
    {
        if (reasoning is null)
            return;
        if (!_quirks.SupportsReasoningEffort)
        {
            notes.Drop("reasoning", "the upstream knows no reasoning effort");
            return;
        }

        if (reasoning is { Effort: "max" })
            notes.Adapt("reasoning", "effort max became xhigh");
        var effort = reasoning.Effort == "max" ? "xhigh" : reasoning.Effort;
        if (effort is null && reasoning.Enabled != false && reasoning.BudgetTokens is { } budget)
        {
            effort = budget < 4_096 ? "low" : budget < 16_384 ? "medium" : "high";
            notes.Adapt("reasoning", $"the token budget became effort {effort}");
        }

        if (effort is not null)
            json.WriteString("reasoning_effort"u8, effort);
        else
            notes.Drop("reasoning", "the upstream decides on its own whether to reason");
    }

    private void WriteTier(Utf8JsonWriter json, string? tier)
    {
        if (tier is null)
            return;
        if (tier is "auto" or "default" or "flex" or "scale" or "priority" or "fast")
            json.WriteString("service_tier"u8, tier);
        else
            notes.Drop("service_tier", $"the upstream has no tier '{tier}'");
    }
}
