using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OllamaChat;

/// <summary>Learns from lines (or a whole answer, which is one line with everything). The same for the tap and the translating reader.</summary>
internal sealed class OllamaScan
{
    public ResponseFacts Facts { get; } = new();

    /// <summary>False when the data is no JSON object.</summary>
    public bool Apply(ReadOnlySpan<byte> data)
    {
        try
        {
            var json = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = 256 });
            return json.Read() && json.TokenType == JsonTokenType.StartObject && ReadTop(ref json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private bool ReadTop(ref Utf8JsonReader json)
    {
        long? prompt = null, output = null;
        var done = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("message"u8))
                ReadMessage(ref json);
            else if (json.ValueTextEquals("response"u8))
                Facts.OutputTextBytes += Text(ref json);
            else if (json.ValueTextEquals("thinking"u8))
                Facts.ReasoningTextBytes += Text(ref json);
            else if (json.ValueTextEquals("model"u8) && Facts.ServedModel is null)
                Facts.ServedModel = String(ref json);
            else if (json.ValueTextEquals("done"u8))
                done = json.Read() && json.TokenType == JsonTokenType.True;
            else if (json.ValueTextEquals("done_reason"u8))
                Facts.FinishReason = String(ref json) is { Length: > 0 } word ? word : Facts.FinishReason;
            else if (json.ValueTextEquals("prompt_eval_count"u8))
                prompt = Count(ref json);
            else if (json.ValueTextEquals("eval_count"u8))
                output = Count(ref json);
            else if (json.ValueTextEquals("error"u8))
                ReadError(ref json);
            else
                Skip(ref json);
        }

        if (json.TokenType != JsonTokenType.EndObject || json.Read())
            return false;
        Facts.ContentStarted |= Facts.OutputTextBytes + Facts.ReasoningTextBytes > 0;
        // eval_count holds thinking and text together; a prompt found whole in the cache is not counted at all.
        if (prompt is not null || output is not null)
            Facts.Usage = new Usage { InputUncached = prompt ?? 0, OutputVisible = output ?? 0 };
        if (!done || Facts.Failure is not null)
            return true;
        Facts.FinishReason ??= "stop";
        Facts.IsComplete = true;
        Facts.UsageIsFinal = Facts.Usage is not null;
        return true;
    }

    private void ReadMessage(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("content"u8))
                Facts.OutputTextBytes += Text(ref json);
            else if (json.ValueTextEquals("thinking"u8))
                Facts.ReasoningTextBytes += Text(ref json);
            else if (json.ValueTextEquals("tool_calls"u8))
                ReadCalls(ref json);
            else
                Skip(ref json);
        }
    }

    private void ReadCalls(ref Utf8JsonReader json)
    {
        json.Read();
        var start = json.TokenStartIndex;
        var any = json.TokenType == JsonTokenType.StartArray;
        json.Skip();
        if (any && json.BytesConsumed - start > 2)
            Facts.OutputTextBytes += json.BytesConsumed - start;
    }

    private void ReadError(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.Null or JsonTokenType.False)
            return;
        Facts.Failure ??= ErrorBodyReader.FromErrorValue(JsonElement.ParseValue(ref json));
        Facts.IsComplete = false;
    }

    private static int Text(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
            return json.ValueIsEscaped ? JsonText.DecodedLength(json.ValueSpan) : json.ValueSpan.Length;
        json.Skip();
        return 0;
    }

    private static string? String(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
            return json.ValueIsEscaped && JsonText.HasLoneSurrogate(json.ValueSpan) ? null : json.GetString();
        json.Skip();
        return null;
    }

    private static long? Count(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var value))
            return Math.Max(0, value);
        json.Skip();
        return null;
    }

    private static void Skip(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }
}
