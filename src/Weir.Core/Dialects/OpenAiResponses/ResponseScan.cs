using System.Text.Json;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>
/// What one pass over a response object (or an event that carries one) finds. Tolerant: what is malformed is not learnt.
/// </summary>
internal struct ResponseScan
{
    public string? Id;
    public string? Model;
    public string? Status;
    public string? IncompleteReason;
    public string? ServiceTier;
    public string? ContainerId;
    public ResponsesUsage? Usage;
    public UpstreamFailure? Failure;

    /// <summary>Members of <c>output</c>.</summary>
    public int Items;

    /// <summary>UTF-8 bytes of text and tool arguments, and of reasoning, in <c>output</c>.</summary>
    public long TextBytes;
    public long ReasoningBytes;
    public bool IsWellFormed;

    /// <summary>The answer of the token count operation.</summary>
    public bool IsTokenCount;
    private long _searches;
    private long? _billedSearches;

    /// <summary>Web searches the provider made: as billed where it says so, else the calls in the output.</summary>
    public readonly long Searches => _billedSearches ?? _searches;

    /// <summary>A response object, or an event (<c>type</c>, <c>response</c>).</summary>
    public static ResponseScan Of(ReadOnlySpan<byte> data)
    {
        var scan = new ResponseScan();
        try
        {
            var json = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = 256 });
            if (json.Read() && json.TokenType == JsonTokenType.StartObject)
            {
                scan.ReadResponse(ref json);
                scan.IsWellFormed = json.TokenType == JsonTokenType.EndObject && !json.Read();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Learnt so far is all there is to learn.
        }

        return scan;
    }

    private void ReadResponse(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("response"u8))
            {
                if (Enter(ref json, JsonTokenType.StartObject))
                    ReadResponse(ref json);
            }
            else if (json.ValueTextEquals("id"u8))
                Id = String(ref json);
            else if (json.ValueTextEquals("model"u8))
                Model = String(ref json);
            else if (json.ValueTextEquals("status"u8))
                Status = String(ref json);
            else if (json.ValueTextEquals("service_tier"u8))
                ServiceTier = String(ref json);
            else if (json.ValueTextEquals("usage"u8))
            {
                if (Enter(ref json, JsonTokenType.StartObject))
                    Usage = ResponsesUsage.Read(ref json);
            }
            else if (json.ValueTextEquals("tool_usage"u8))
                ReadToolUsage(ref json);
            else if (json.ValueTextEquals("incomplete_details"u8))
                ReadIncomplete(ref json);
            else if (json.ValueTextEquals("error"u8))
                ReadError(ref json);
            else if (json.ValueTextEquals("output"u8))
                ReadOutput(ref json);
            else
            {
                IsTokenCount |= json.ValueTextEquals("input_tokens"u8);
                Skip(ref json);
            }
        }
    }

    private void ReadOutput(ref Utf8JsonReader json)
    {
        if (!Enter(ref json, JsonTokenType.StartArray))
            return;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Items++;
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            // Members may come in any order: the type decides at the end what the text was.
            bool isReasoning = false, isSearch = false;
            long bytes = 0;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("type"u8))
                {
                    json.Read();
                    isReasoning = json.TokenType == JsonTokenType.String && json.ValueTextEquals("reasoning"u8);
                    isSearch = json.TokenType == JsonTokenType.String && json.ValueTextEquals("web_search_call"u8);
                    json.Skip();
                }
                else if (json.ValueTextEquals("container_id"u8))
                    ContainerId = String(ref json) ?? ContainerId;
                else if (json.ValueTextEquals("content"u8) || json.ValueTextEquals("summary"u8))
                    bytes += PartsLength(ref json);
                else if (json.ValueTextEquals("arguments"u8) || json.ValueTextEquals("input"u8) || json.ValueTextEquals("code"u8))
                    bytes += StringLength(ref json);
                else
                    Skip(ref json);
            }

            _searches += isSearch ? 1 : 0;
            TextBytes += isReasoning ? 0 : bytes;
            ReasoningBytes += isReasoning ? bytes : 0;
        }
    }

    private static long PartsLength(ref Utf8JsonReader json)
    {
        if (!Enter(ref json, JsonTokenType.StartArray))
            return 0;
        long bytes = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("text"u8) || json.ValueTextEquals("refusal"u8))
                    bytes += StringLength(ref json);
                else
                    Skip(ref json);
            }
        }

        return bytes;
    }

    private static long StringLength(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
            return json.ValueIsEscaped ? JsonText.DecodedLength(json.ValueSpan) : json.ValueSpan.Length;
        json.Skip();
        return 0;
    }

    private void ReadToolUsage(ref Utf8JsonReader json)
    {
        if (!Enter(ref json, JsonTokenType.StartObject))
            return;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (!json.ValueTextEquals("web_search"u8))
            {
                Skip(ref json);
                continue;
            }

            if (!Enter(ref json, JsonTokenType.StartObject))
                continue;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isCount = json.ValueTextEquals("num_requests"u8);
                json.Read();
                if (isCount && json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var count))
                    _billedSearches = Math.Max(0, count);
                json.Skip();
            }
        }
    }

    private void ReadIncomplete(ref Utf8JsonReader json)
    {
        if (!Enter(ref json, JsonTokenType.StartObject))
            return;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("reason"u8))
                IncompleteReason = String(ref json);
            else
                Skip(ref json);
        }
    }

    private void ReadError(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.Null or JsonTokenType.False)
            return;
        Failure ??= ErrorBodyReader.FromErrorValue(JsonElement.ParseValue(ref json));
    }

    private static string? String(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
            return json.ValueIsEscaped && JsonText.HasLoneSurrogate(json.ValueSpan) ? null : json.GetString();
        json.Skip();
        return null;
    }

    private static bool Enter(ref Utf8JsonReader json, JsonTokenType wanted)
    {
        json.Read();
        if (json.TokenType == wanted)
            return true;
        json.Skip();
        return false;
    }

    private static void Skip(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }
}
