using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;

namespace Weir.Core.Dialects.OpenAiEmbeddings;

/// <summary>Reads usage and model of an embeddings answer in one pass; the vectors are passed over.</summary>
internal sealed class EmbeddingsTap : IResponseTap
{
    public ResponseFacts Facts { get; } = new();

    public bool MayRewrite => false;

    public FrameVerdict OnFrame(in Frame frame, IBufferWriter<byte> replacement) => FrameVerdict.Forward;

    public void OnBody(ReadOnlySpan<byte> body)
    {
        try
        {
            var json = new Utf8JsonReader(body);
            ReadTop(ref json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            Facts.IsComplete = false;
        }
    }

    private void ReadTop(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("usage"u8))
            {
                ReadUsage(ref json);
                continue;
            }

            var isData = json.ValueTextEquals("data"u8);
            var isModel = json.ValueTextEquals("model"u8);
            var isError = json.ValueTextEquals("error"u8);
            json.Read();
            if (isData && json.TokenType == JsonTokenType.StartArray)
                Facts.ContentStarted = true;
            if (isModel && json.TokenType == JsonTokenType.String)
                Facts.ServedModel = json.GetString();
            else if (isError && json.TokenType is JsonTokenType.StartObject or JsonTokenType.String)
                Facts.Failure ??= ErrorBodyReader.FromErrorValue(JsonElement.ParseValue(ref json));
            else
                json.Skip();
        }

        Facts.IsComplete = !json.Read() && Facts.Failure is null;
    }

    // Voyage sends total_tokens alone; an embedding has no output, so the total is the prompt.
    private void ReadUsage(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        long? prompt = null, total = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isPrompt = json.ValueTextEquals("prompt_tokens"u8);
            var isTotal = json.ValueTextEquals("total_tokens"u8);
            json.Read();
            if ((isPrompt || isTotal) && json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var count) && count >= 0)
                (prompt, total) = isPrompt ? (count, total) : (prompt, (long?)count);
            else
                json.Skip();
        }

        if ((prompt ?? total) is not { } tokens)
            return;
        Facts.Usage = new Usage { InputUncached = tokens };
        Facts.UsageIsFinal = true;
    }
}
