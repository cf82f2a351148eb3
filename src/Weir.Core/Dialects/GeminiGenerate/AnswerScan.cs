using System.Text.Json;
using Weir.Core.Dialects.ErrorBodies;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Learns from one response object, which is the whole answer, an event or an array element, without building anything;
/// it runs once per chunk of every stream. Also reads the answers of the counting and embedding methods.
/// </summary>
internal sealed class AnswerScan(ModelTraits traits, int choices)
{
    private readonly UsageCounts _usage = new();
    private int _finished;

    public ResponseFacts Facts { get; } = new();

    /// <exception cref="JsonException">Not JSON.</exception>
    /// <exception cref="InvalidOperationException">Text that is no Unicode.</exception>
    public void Read(ReadOnlySpan<byte> document)
    {
        var reader = new Utf8JsonReader(document);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        bool hasUsage = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            Member(ref reader, ref hasUsage);
        if (hasUsage)
            Facts.Usage = _usage.ToUsage(traits);
        Facts.MayEndUnmarked = Facts.FinishReason is not null && _finished >= choices;
        Facts.UsageIsFinal = Facts.Usage is not null && Facts.MayEndUnmarked;
    }

    private void Member(ref Utf8JsonReader reader, ref bool hasUsage)
    {
        bool isError = reader.ValueTextEquals("error"u8);
        if (reader.ValueTextEquals("candidates"u8))
            Candidates(ref reader);
        else if (UsageCounts.Is(ref reader, "usageMetadata"u8, "usage_metadata"u8))
        {
            reader.Read();
            hasUsage = reader.TokenType == JsonTokenType.StartObject;
            if (hasUsage)
                _usage.Read(ref reader);
            else
                reader.Skip();
        }
        else if (UsageCounts.Is(ref reader, "modelVersion"u8, "model_version"u8) && Facts.ServedModel is null)
            Facts.ServedModel = Text(ref reader);
        else if (UsageCounts.Is(ref reader, "responseId"u8, "response_id"u8) && Facts.ResponseId is null)
            Facts.ResponseId = Text(ref reader);
        else if (UsageCounts.Is(ref reader, "promptFeedback"u8, "prompt_feedback"u8))
            PromptFeedback(ref reader);
        else if (isError)
        {
            reader.Read();
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.String)
                Facts.Failure ??= ErrorBodyReader.FromErrorValue(JsonElement.ParseValue(ref reader));
            else
                reader.Skip();
        }
        else
        {
            // Counts and embeddings have members of their own; their answer is content all the same.
            bool isCount = UsageCounts.Is(ref reader, "totalTokens"u8, "total_tokens"u8);
            Facts.ContentStarted |= isCount || reader.ValueTextEquals("embedding"u8) || reader.ValueTextEquals("embeddings"u8);
            // Counting is free: an explicit zero, so that nobody estimates a price for it.
            if (isCount)
                Facts.Usage = default(Canon.Usage);
            UsageCounts.Skip(ref reader);
        }
    }

    /// <summary>A blocked prompt has no candidates: the block is the end of the answer.</summary>
    private void PromptFeedback(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (UsageCounts.Is(ref reader, "blockReason"u8, "block_reason"u8))
            {
                Facts.FinishReason ??= Text(ref reader);
                Facts.ContentRefused = Facts.FinishReason is not null;
                _finished = choices;
            }
            else
                UsageCounts.Skip(ref reader);
        }
    }

    private void Candidates(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("content"u8))
                    Content(ref reader);
                else if (UsageCounts.Is(ref reader, "finishReason"u8, "finish_reason"u8))
                    Finish(ref reader);
                else if (UsageCounts.Is(ref reader, "groundingMetadata"u8, "grounding_metadata"u8))
                    Grounding(ref reader);
                else
                    UsageCounts.Skip(ref reader);
            }
        }
    }

    private void Finish(ref Utf8JsonReader reader)
    {
        reader.Read();
        // Recorders of the gRPC API write the enum's number.
        string? reason = reader.TokenType == JsonTokenType.String ? FinishReasons.Intern(ref reader)
            : reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int number) ? FinishReasons.OfNumber(number) : null;
        if (reason is null or "FINISH_REASON_UNSPECIFIED")
            return;
        Facts.FinishReason = reason;
        _finished++;
    }

    private void Content(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isParts = reader.ValueTextEquals("parts"u8);
            reader.Read();
            if (!isParts || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                Part(ref reader);
        }
    }

    private void Part(ref Utf8JsonReader reader)
    {
        long visible = 0, text = 0;
        bool isThought = false, isData = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("text"u8))
            {
                reader.Read();
                text += reader.TokenType == JsonTokenType.String ? reader.ValueSpan.Length : 0;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("thought"u8))
            {
                reader.Read();
                isThought = reader.TokenType == JsonTokenType.True;
                reader.Skip();
            }
            else if (UsageCounts.Is(ref reader, "thoughtSignature"u8, "thought_signature"u8))
                UsageCounts.Skip(ref reader);
            else
            {
                bool isBlob = UsageCounts.Is(ref reader, "inlineData"u8, "inline_data"u8);
                isData = true;
                reader.Read();
                long start = reader.TokenStartIndex;
                reader.Skip();
                visible += isBlob ? 0 : reader.BytesConsumed - start;
            }
        }

        Facts.ContentStarted |= isData || text > 0;
        Facts.OutputTextBytes += visible + (isThought ? 0 : text);
        Facts.ReasoningTextBytes += isThought ? text : 0;
    }

    private void Grounding(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isQueries = UsageCounts.Is(ref reader, "webSearchQueries"u8, "web_search_queries"u8);
            reader.Read();
            if (!isQueries || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            int queries = 0;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                queries++;
                reader.Skip();
            }

            _usage.Searches = Math.Max(_usage.Searches, queries);
        }
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString() is { Length: > 0 } text ? text : null;
        reader.Skip();
        return null;
    }
}
