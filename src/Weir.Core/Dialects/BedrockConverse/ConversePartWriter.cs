using System.Globalization;
using System.Text;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>Writes canonical parts as blocks. Bedrock takes media as bytes only, and Weir never fetches URLs (SSRF).</summary>
/// <param name="notes">What has no place.</param>
/// <param name="cachePoints">The model caches prompts.</param>
internal sealed class ConversePartWriter(TranslationNotes notes, bool cachePoints)
{
    private readonly HashSet<string> _documentNames = new(StringComparer.OrdinalIgnoreCase);

    public void Write(Utf8JsonWriter json, ContentPart part, string path)
    {
        switch (part)
        {
            case ContentPart.Text text:
                if (!text.Annotations.IsEmpty)
                    notes.Drop($"{path}.annotations", "Citations point into the other dialect's answer.");
                WriteText(json, text.Value);
                break;
            case ContentPart.Refusal refusal:
                WriteText(json, refusal.Value);
                break;
            case ContentPart.Image image:
                WriteImage(json, image, path);
                break;
            case ContentPart.Document document:
                WriteDocument(json, document, path);
                break;
            case ContentPart.Audio audio:
                WriteMedia(json, "audio"u8, audio.Format, null, audio.Base64);
                break;
            case ContentPart.ToolCall call:
                WriteCall(json, call, path);
                break;
            case ContentPart.ToolResult result:
                WriteResult(json, result, path);
                break;
            case ContentPart.Thinking thinking:
                WriteThinking(json, thinking);
                break;
            case ContentPart.RedactedThinking redacted:
                json.WriteStartObject();
                json.WriteStartObject("reasoningContent"u8);
                json.WriteString("redactedContent"u8, redacted.Data);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case ContentPart.Opaque opaque when opaque.Dialect == BedrockConverseDialect.DialectName:
                json.WriteRaw(opaque.Json);
                break;
            case ContentPart.Opaque opaque:
                notes.Refuse(path, $"Content of type {opaque.Type} has no counterpart at Bedrock.");
                break;
        }
        CachePoint(json, part.CacheControl);
    }

    /// <summary>A cache point after what was just written, when it is marked.</summary>
    public void CachePoint(Utf8JsonWriter json, RawJson marker)
    {
        if (marker.IsEmpty)
            return;
        if (!cachePoints)
        {
            notes.Drop("cache_control", "This model has no prompt cache that can be steered.");
            return;
        }
        json.WriteStartObject();
        json.WriteStartObject("cachePoint"u8);
        json.WriteString("type"u8, "default"u8);
        if (marker.Utf8.Span.IndexOf("\"1h\""u8) >= 0)
            json.WriteString("ttl"u8, "1h"u8);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("text"u8, text);
        json.WriteEndObject();
    }

    private void WriteImage(Utf8JsonWriter json, ContentPart.Image image, string path)
    {
        if (image.Detail is not (null or "auto"))
            notes.Drop($"{path}.detail", "Bedrock chooses the resolution itself.");
        var (base64, type) = DataOf(image.Base64, image.MediaType, image.Url);
        if (base64 is null)
            notes.Refuse(path, "Bedrock takes the bytes of images, not addresses or file ids.");
        else if (MediaFormats.ImageFormat(type, base64) is { } format)
            WriteMedia(json, "image"u8, format, null, base64);
        else
            notes.Refuse(path, "Bedrock takes images in JPEG, PNG, GIF and WebP only.");
    }

    private void WriteDocument(Utf8JsonWriter json, ContentPart.Document document, string path)
    {
        var (base64, type) = DataOf(document.Base64, document.MediaType, document.Url);
        if (document.PlainText is { } text)
            (base64, type) = (Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), "text/plain");
        if (base64 is null)
            notes.Refuse(path, "Bedrock takes the bytes of documents, not addresses or file ids.");
        else if (MediaFormats.DocumentFormat(type) is { } format)
            WriteMedia(json, "document"u8, format, NameOf(document.Title), base64);
        else
            notes.Refuse(path, $"Bedrock takes no documents of type {type}.");
    }

    private static void WriteMedia(Utf8JsonWriter json, ReadOnlySpan<byte> kind, string format, string? name, string base64)
    {
        json.WriteStartObject();
        json.WriteStartObject(kind);
        json.WriteString("format"u8, format);
        if (name is not null)
            json.WriteString("name"u8, name);
        json.WriteStartObject("source"u8);
        json.WriteString("bytes"u8, base64);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteCall(Utf8JsonWriter json, ContentPart.ToolCall call, string path)
    {
        json.WriteStartObject();
        json.WriteStartObject("toolUse"u8);
        json.WriteString("toolUseId"u8, ToolUseIds.ToUpstream(call.Id));
        json.WriteString("name"u8, call.Name);
        if (!ToolArguments.Write(json, call.ArgumentsJson))
            notes.Adapt(path, $"The arguments are no JSON object; their text is under {ToolArguments.RawMember}.");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteResult(Utf8JsonWriter json, ContentPart.ToolResult result, string path)
    {
        json.WriteStartObject();
        json.WriteStartObject("toolResult"u8);
        json.WriteString("toolUseId"u8, ToolUseIds.ToUpstream(result.CallId));
        json.WriteStartArray("content"u8);
        foreach (var part in result.Content)
        {
            if (part is not ContentPart.Text { Value.Length: 0 })
                Write(json, part, path);
        }
        json.WriteEndArray();
        if (result.IsError)
            json.WriteString("status"u8, "error"u8);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteThinking(Utf8JsonWriter json, ContentPart.Thinking thinking)
    {
        json.WriteStartObject();
        json.WriteStartObject("reasoningContent"u8);
        json.WriteStartObject("reasoningText"u8);
        json.WriteString("text"u8, thinking.Value);
        json.WriteString("signature"u8, thinking.Signature);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Letters, digits, single spaces, hyphens, parentheses and brackets, each name once.</summary>
    private string NameOf(string? title)
    {
        var name = new StringBuilder();
        foreach (var c in title ?? "")
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '(' or ')' or '[' or ']')
                name.Append(c);
            else if (name.Length > 0 && name[^1] is not ' ')
                name.Append(' ');
        }
        var plain = name.ToString().Trim() is { Length: > 0 } some ? some[..Math.Min(some.Length, 180)] : "document";
        for (var i = 2; !_documentNames.Add(plain); i++)
            plain = string.Create(CultureInfo.InvariantCulture, $"{plain.Split(" (")[0]} ({i})");
        return plain;
    }

    /// <summary>Base64 and media type, a <c>data:</c> URL taken apart.</summary>
    private static (string? Base64, string? Type) DataOf(string? base64, string? type, string? url)
    {
        if (base64 is not null || url?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) != true || url.IndexOf(',', StringComparison.Ordinal) is not (> 0 and var comma))
            return (base64, type);
        var head = url[5..comma];
        var end = head.IndexOf(';', StringComparison.Ordinal);
        return (url[(comma + 1)..], (end < 0 ? head : head[..end]) is { Length: > 0 } named ? named : type);
    }
}
