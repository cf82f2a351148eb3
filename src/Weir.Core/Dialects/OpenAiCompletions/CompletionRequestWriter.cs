using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiCompletions;

/// <summary>Canon as a completion request.</summary>
internal static class CompletionRequestWriter
{
    public static void Write(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("model"u8, target.Model);
        json.WriteString("prompt"u8, PromptText.Of(request, notes));
        if (request.Stream)
        {
            json.WriteBoolean("stream"u8, true);
            if (target.Quirks.SupportsIncludeUsage)
            {
                json.WriteStartObject("stream_options"u8);
                json.WriteBoolean("include_usage"u8, true);
                json.WriteEndObject();
            }
        }

        json.WriteNumber("max_tokens"u8, request.MaxOutputTokens ?? target.DefaultMaxOutputTokens);
        json.WriteRaw("temperature"u8, request.Temperature);
        json.WriteRaw("top_p"u8, request.TopP);
        json.WriteRaw("seed"u8, request.Seed);
        json.WriteRaw("frequency_penalty"u8, request.FrequencyPenalty);
        json.WriteRaw("presence_penalty"u8, request.PresencePenalty);
        json.WriteRaw("logit_bias"u8, request.LogitBias);
        if (request.StopSequences.Count > 0)
            json.WriteStrings("stop"u8, request.StopSequences);
        if (request.UserId is not null)
            json.WriteString("user"u8, request.UserId);
        if (request.Choices is > 1)
            notes.Refuse("n", "one answer at a time can be translated");
        if (request.Logprobs is true)
            notes.Drop("logprobs", "a text upstream's log probabilities have another shape");
        if (!request.TopK.IsEmpty)
            notes.Drop("top_k", "OpenAI's API has no such parameter");
        json.WriteEndObject();
    }
}
