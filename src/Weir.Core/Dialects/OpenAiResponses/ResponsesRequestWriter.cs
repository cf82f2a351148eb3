using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>
/// Canon as a Responses request: nothing is stored at the provider, and reasoning comes back sealed so that the next turn
/// can carry it.
/// </summary>
internal sealed class ResponsesRequestWriter(UpstreamTarget target, TranslationNotes notes)
{
    /// <summary>Least cap the service takes.</summary>
    private const long LeastOutputTokens = 16;

    /// <summary>Longest end-user id the service takes.</summary>
    private const int LongestUserId = 64;

    private readonly UpstreamQuirks _quirks = target.Quirks;

    public void Write(ModelRequest request, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("model"u8, target.Model);
        new InputWriter(json, _quirks, notes).Write(request.Messages);
        new ResponsesToolWriter(json, _quirks, notes).Write(request);
        if (request.Stream)
            json.WriteBoolean("stream"u8, true);
        json.WriteBoolean("store"u8, false);
        WriteInclude(json, request);
        WriteLimit(json, request.MaxOutputTokens);
        WriteSampling(json, request);
        WriteText(json, request);
        WriteReasoning(json, request.Reasoning);
        WriteTier(json, request.ServiceTier);
        if (request.UserId is { Length: > 0 } user)
            json.WriteString("user"u8, user.Length <= LongestUserId ? user : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(user))));
        json.WriteEndObject();
    }

    /// <summary>OpenAI refuses the wish for sealed reasoning on models that do not reason.</summary>
    private static bool MayReason(string model) =>
        !model.StartsWith("gpt-3.5", StringComparison.Ordinal) && !model.StartsWith("gpt-4", StringComparison.Ordinal)
        && !model.StartsWith("chatgpt-4o", StringComparison.Ordinal);

    private void WriteInclude(Utf8JsonWriter json, ModelRequest request)
    {
        json.WriteStartArray("include"u8);
        if (MayReason(target.Model))
            json.WriteStringValue("reasoning.encrypted_content"u8);
        if (request.Logprobs == true)
            json.WriteStringValue("message.output_text.logprobs"u8);
        json.WriteEndArray();
        if (request is { Logprobs: true, TopLogprobs: { } top })
            json.WriteNumber("top_logprobs"u8, top);
    }

    private void WriteLimit(Utf8JsonWriter json, long? limit)
    {
        if (limit is not { } max)
            return;
        if (max < LeastOutputTokens)
            notes.Adapt("max_output_tokens", $"{max} became {LeastOutputTokens}, the least the upstream takes");
        json.WriteNumber("max_output_tokens"u8, Math.Max(max, LeastOutputTokens));
    }

    private void WriteSampling(Utf8JsonWriter json, ModelRequest request)
    {
        const string None = "the OpenAI Responses API has no such parameter";
        json.WriteRaw("temperature"u8, request.Temperature);
        json.WriteRaw("top_p"u8, request.TopP);
        Drop("top_k", request.TopK);
        Drop("seed", request.Seed);
        Drop("frequency_penalty", request.FrequencyPenalty);
        Drop("presence_penalty", request.PresencePenalty);
        Drop("logit_bias", request.LogitBias);
        if (request.StopSequences.Count > 0)
            notes.Refuse("stop", None);
        if (request.Choices is > 1)
            notes.Refuse("n", "the OpenAI Responses API makes one answer per call");

        void Drop(string name, RawJson value)
        {
            if (!value.IsEmpty)
                notes.Drop(name, None);
        }
    }

    private void WriteText(Utf8JsonWriter json, ModelRequest request)
    {
        if (request.ResponseFormat is null && request.Verbosity is null)
            return;
        json.WriteStartObject("text"u8);
        if (request.ResponseFormat is { } format)
            WriteFormat(json, format);
        if (request.Verbosity is not null)
            json.WriteString("verbosity"u8, request.Verbosity);
        json.WriteEndObject();
    }

    private void WriteFormat(Utf8JsonWriter json, ResponseFormat format)
    {
        var kind = format.Kind;
        if (kind == ResponseFormatKind.JsonSchema && !_quirks.SupportsJsonSchema)
        {
            notes.Adapt("response_format", "the upstream knows no schema: it is held to JSON only");
            kind = ResponseFormatKind.JsonObject;
        }

        json.WriteStartObject("format"u8);
        json.WriteString("type"u8, kind switch
        {
            ResponseFormatKind.Text => "text"u8,
            ResponseFormatKind.JsonObject => "json_object"u8,
            _ => "json_schema"u8,
        });
        if (kind == ResponseFormatKind.JsonSchema)
        {
            json.WriteString("name"u8, format.Name ?? "response"); // Required by the API.
            if (format.Description is not null)
                json.WriteString("description"u8, format.Description);
            json.WriteRaw("schema"u8, format.Schema);
            if (format.Strict is { } strict)
                json.WriteBoolean("strict"u8, strict);
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
        if (effort is null && reasoning is { Enabled: not false, BudgetTokens: { } budget })
        {
            effort = budget < 4_096 ? "low" : budget < 16_384 ? "medium" : "high";
            notes.Adapt("reasoning", $"the token budget became effort {effort}");
        }

        if (effort is null && reasoning.Enabled != true)
        {
            notes.Drop("reasoning", "the upstream decides on its own whether to reason");
            return;
        }

        json.WriteStartObject("reasoning"u8);
        if (effort is not null)
            json.WriteString("effort"u8, effort);
        // Who switched thinking on expects to see it.
        if (reasoning.Enabled == true)
            json.WriteString("summary"u8, "auto"u8);
        json.WriteEndObject();
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
