using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;

namespace Weir.Core.Dialects;

/// <summary>
/// Reads usage, model, id and error of a one-shot answer in one pass; vectors and results are passed over.
/// </summary>
/// <param name="contentNames">Top-level members of which an answer has at least one.</param>
/// <param name="usageNames">Top-level members that hold counters.</param>
/// <param name="readUsage">The counters of such a member, or null when there are none.</param>
internal sealed class OneShotTap(string[] contentNames, string[] usageNames, Func<JsonElement, Usage?> readUsage) : IResponseTap
{
    public ResponseFacts Facts { get; } = new();

    public bool MayRewrite => false;

    public FrameVerdict OnFrame(in Frame frame, IBufferWriter<byte> replacement) => FrameVerdict.Forward;

    public void OnBody(ReadOnlySpan<byte> body)
    {
        try
        {
            var json = new Utf8JsonReader(body);
            Read(ref json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            Facts.IsComplete = false;
        }
    }

    private void Read(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            Facts.ContentStarted |= Is(json, contentNames);
            var isUsage = Is(json, usageNames);
            var isModel = json.ValueTextEquals("model"u8);
            var isId = json.ValueTextEquals("id"u8);
            var isError = json.ValueTextEquals("error"u8);
            json.Read();
            if (isModel && json.TokenType == JsonTokenType.String)
                Facts.ServedModel = json.GetString();
            else if (isId && json.TokenType == JsonTokenType.String)
                Facts.ResponseId = json.GetString();
            else if (isUsage)
                Facts.Usage = readUsage(JsonElement.ParseValue(ref json)) ?? Facts.Usage;
            else if (isError && json.TokenType is JsonTokenType.StartObject or JsonTokenType.String)
                Facts.Failure ??= ErrorBodyReader.FromErrorValue(JsonElement.ParseValue(ref json));
            else
                json.Skip();
        }

        Facts.IsComplete = Facts.ContentStarted && !json.Read() && Facts.Failure is null;
        Facts.UsageIsFinal = Facts.Usage is not null;
    }

    private static bool Is(in Utf8JsonReader json, string[] names)
    {
        foreach (var name in names)
        {
            if (json.ValueTextEquals(name))
                return true;
        }

        return false;
    }
}
