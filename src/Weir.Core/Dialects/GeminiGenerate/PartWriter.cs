using System.Text;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Writes canonical parts as Gemini's. A signature that stands alone belongs to its neighbour: to the call after it, else
/// to the text before it; with neither it is a part of its own, as streams bring it.
/// </summary>
internal sealed class PartWriter(Utf8JsonWriter json, IReadOnlyDictionary<string, string> callNames, ModelTraits traits, TranslationNotes notes)
{
    /// <summary>Where arguments go that are no JSON object.</summary>
    public const string RawMember = "_raw_arguments";

    private readonly MediaWriter _media = new(json, notes);

    public void WriteTurn(GeminiTurn turn)
    {
        List<(ContentPart Part, string Path)> parts = turn.Parts;
        bool isFirstCall = true;
        string? forCall = null;
        for (int i = 0; i < parts.Count; i++)
        {
            (ContentPart part, string path) = parts[i];
            ContentPart? next = i + 1 < parts.Count ? parts[i + 1].Part : null;
            switch (part)
            {
                case ContentPart.RedactedThinking redacted when next is ContentPart.ToolCall { Signature: null }:
                    forCall = redacted.Data;
                    break;
                case ContentPart.RedactedThinking redacted:
                    WriteText("", false, redacted.Data);
                    break;
                case ContentPart.Text text when next is ContentPart.RedactedThinking own && !(i + 2 < parts.Count && parts[i + 2].Part is ContentPart.ToolCall { Signature: null }):
                    NoteAnnotations(text, path);
                    WriteText(text.Value, false, own.Data);
                    i++;
                    break;
                case ContentPart.ToolCall call:
                    WriteCall(call, forCall, isFirstCall, path);
                    (isFirstCall, forCall) = (false, null);
                    break;
                default:
                    Write(part, path);
                    break;
            }
        }

        if (turn.HasResults && !traits.IsThree)
            WriteResultMedia(turn);
    }

    private void Write(ContentPart part, string path)
    {
        switch (part)
        {
            case ContentPart.Text text:
                NoteAnnotations(text, path);
                WriteText(text.Value, false, null);
                break;
            case ContentPart.Refusal refusal:
                WriteText(refusal.Value, false, null);
                break;
            case ContentPart.Thinking thinking:
                WriteText(thinking.Value, true, thinking.Signature);
                break;
            case ContentPart.ToolResult result:
                WriteResult(result, path);
                break;
            case ContentPart.Opaque opaque when opaque.Dialect == GeminiGenerateDialect.DialectName:
                json.WriteStartObject();
                json.WriteRaw(Encoding.UTF8.GetBytes(opaque.Type), opaque.Json);
                json.WriteEndObject();
                break;
            case ContentPart.Opaque opaque:
                notes.Refuse(path, $"Content of type {opaque.Type} has no counterpart at Gemini.");
                break;
            default:
                _media.Write(part, path);
                break;
        }
    }

    private void NoteAnnotations(ContentPart.Text text, string path)
    {
        if (!text.Annotations.IsEmpty)
            notes.Drop($"{path}.annotations", "Citations point into the other dialect's answer.");
    }

    private void WriteText(string text, bool isThought, string? signature)
    {
        json.WriteStartObject();
        json.WriteString("text"u8, text);
        if (isThought)
            json.WriteBoolean("thought"u8, true);
        if (signature is not null)
            json.WriteString("thoughtSignature"u8, signature);
        json.WriteEndObject();
    }

    private void WriteCall(ContentPart.ToolCall call, string? kept, bool isFirst, string path)
    {
        json.WriteStartObject();
        json.WriteStartObject("functionCall"u8);
        if (CallIds.ForUpstream(call.Id) is { } id)
            json.WriteString("id"u8, id);
        json.WriteString("name"u8, call.Name);
        WriteArguments(call.ArgumentsJson, path);
        json.WriteEndObject();
        string? signature = call.Signature is not null && call.Vendor == ThoughtSeal.Google ? call.Signature : kept;
        // Gemini 3 refuses a turn whose first call is unsigned, also when another model made it.
        if (signature is null && isFirst && traits.IsThree)
            signature = ThoughtSeal.SkipValidation;
        if (signature is not null)
            json.WriteString("thoughtSignature"u8, signature);
        json.WriteEndObject();
        if (!call.CacheControl.IsEmpty)
            notes.Drop("cache_control", "The upstream caches prompts on its own.");
    }

    private void WriteArguments(string arguments, string path)
    {
        json.WritePropertyName("args"u8);
        byte[] utf8 = Encoding.UTF8.GetBytes(arguments);
        if (RawJsonExtensions.IsJsonObject(utf8))
        {
            json.WriteRawValue(utf8.AsSpan().Trim(" \t\r\n"u8), skipInputValidation: true);
            return;
        }

        json.WriteStartObject();
        if (!string.IsNullOrWhiteSpace(arguments))
        {
            json.WriteString(RawMember, arguments);
            notes.Adapt(path, $"The arguments are no JSON object; their text is under {RawMember}.");
        }

        json.WriteEndObject();
    }

    private void WriteResult(ContentPart.ToolResult result, string path)
    {
        json.WriteStartObject();
        json.WriteStartObject("functionResponse"u8);
        if (CallIds.ForUpstream(result.CallId) is { } id)
            json.WriteString("id"u8, id);
        if (!callNames.TryGetValue(result.CallId, out string? name))
        {
            notes.Adapt(path, "No call has this id; Gemini will not know which one is answered.");
            name = "unknown";
        }

        json.WriteString("name"u8, name);
        ResultText.Write(json, string.Join('\n', result.Content.OfType<ContentPart.Text>().Select(t => t.Value)), result.IsError);
        List<ContentPart> media = Media(result);
        if (media.Count > 0 && traits.IsThree)
        {
            json.WriteStartArray("parts"u8);
            foreach (ContentPart part in media)
                Write(part, path);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Older models know no media in a function response: they go behind the responses.</summary>
    private void WriteResultMedia(GeminiTurn turn)
    {
        foreach ((ContentPart part, string path) in turn.Parts)
        {
            foreach (ContentPart media in part is ContentPart.ToolResult result ? Media(result) : [])
            {
                notes.Adapt(path, "Media of a tool result follow the function responses.");
                Write(media, path);
            }
        }
    }

    private static List<ContentPart> Media(ContentPart.ToolResult result) => [.. result.Content.Where(p => p is not ContentPart.Text)];
}
