using System.Text;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>Events as parts: the pieces both writers of answers are made of. Calls are gathered until they are whole, because Gemini clients know no pieces unless they asked.</summary>
internal sealed class AnswerParts
{
    private readonly Dictionary<int, BlockKind> _kinds = [];
    private readonly Dictionary<int, GatheredCall> _calls = [];
    private int _made;

    public sealed record GatheredCall(string Id, string Name, string? Signature, string? Vendor)
    {
        public StringBuilder Arguments { get; } = new();
    }

    /// <summary>Takes an event in; the part it completes (or null) is for <see cref="Write"/>.</summary>
    public object? Take(ModelEvent modelEvent)
    {
        switch (modelEvent)
        {
            case ModelEvent.BlockStart start:
                _kinds[start.Block] = start.Kind;
                return null;
            case ModelEvent.TextDelta { Text.Length: > 0 } delta:
                return delta;
            case ModelEvent.Signature { Value.Length: > 0 } signature:
                return signature;
            case ModelEvent.ToolCallStart call:
                _calls[call.Block] = new GatheredCall(call.Id.Length > 0 ? call.Id : CallIds.ForHistory(0, _made++), call.Name, call.CallSignature, call.Vendor);
                return null;
            case ModelEvent.ToolArgumentsDelta delta when _calls.TryGetValue(delta.Block, out GatheredCall? call):
                call.Arguments.Append(delta.Fragment);
                return null;
            case ModelEvent.BlockStop stop when _calls.Remove(stop.Block, out GatheredCall? call):
                return call;
            default:
                return null;
        }
    }

    /// <summary>Calls the upstream left open.</summary>
    public IReadOnlyList<GatheredCall> Rest()
    {
        GatheredCall[] rest = [.. _calls.OrderBy(c => c.Key).Select(c => c.Value)];
        _calls.Clear();
        return rest;
    }

    /// <summary>Writes one part object.</summary>
    public void Write(Utf8JsonWriter json, object part)
    {
        json.WriteStartObject();
        switch (part)
        {
            case ModelEvent.TextDelta delta:
                json.WriteString("text"u8, delta.Text);
                if (KindOf(delta.Block) == BlockKind.Thinking)
                    json.WriteBoolean("thought"u8, true);
                break;
            case ModelEvent.Signature signature:
                bool isRedacted = KindOf(signature.Block) == BlockKind.RedactedThinking;
                json.WriteString("text"u8, ""u8);
                if (!isRedacted || signature.Vendor != ThoughtSeal.Google)
                    json.WriteBoolean("thought"u8, true);
                json.WriteString("thoughtSignature"u8, ThoughtSeal.Seal(signature.Value, signature.Vendor, isRedacted));
                break;
            case GatheredCall call:
                WriteCall(json, call);
                break;
        }

        json.WriteEndObject();
    }

    private BlockKind KindOf(int block) => _kinds.GetValueOrDefault(block);

    private static void WriteCall(Utf8JsonWriter json, GatheredCall call)
    {
        json.WriteStartObject("functionCall"u8);
        json.WriteString("id"u8, call.Id);
        json.WriteString("name"u8, call.Name);
        json.WritePropertyName("args"u8);
        byte[] arguments = Encoding.UTF8.GetBytes(call.Arguments.ToString());
        if (RawJsonExtensions.IsJsonObject(arguments))
            json.WriteRaw(new RawJson(arguments.AsMemory().Trim(" \t\r\n"u8)).OnOneLine());
        else
        {
            json.WriteStartObject();
            if (!string.IsNullOrWhiteSpace(call.Arguments.ToString()))
                json.WriteString(PartWriter.RawMember, call.Arguments.ToString());
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (call is { Signature: { Length: > 0 } signature, Vendor: { } vendor })
            json.WriteString("thoughtSignature"u8, ThoughtSeal.Seal(signature, vendor, false));
    }
}
