using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>Citations of web pages as this dialect's annotations, whichever way their source spelled them; others point into things the client never saw.</summary>
internal static class UrlCitations
{
    /// <summary>The annotation, or empty.</summary>
    public static RawJson Read(RawJson citation)
    {
        try
        {
            using var document = JsonDocument.Parse(citation.Utf8);
            var outer = document.RootElement;
            // Chat nests the members under the type's name.
            var inner = outer.Object("url_citation"u8) ?? outer;
            if (inner.Text("url"u8) is not { } url)
                return default;
            var output = new ArrayBufferWriter<byte>();
            using (var json = RawJsonExtensions.CreateWriter(output))
            {
                json.WriteStartObject();
                json.WriteString("type"u8, "url_citation"u8);
                json.WriteNumber("start_index"u8, inner.Whole("start_index"u8) ?? 0);
                json.WriteNumber("end_index"u8, inner.Whole("end_index"u8) ?? 0);
                json.WriteString("url"u8, url);
                json.WriteString("title"u8, inner.Text("title"u8) ?? "");
                json.WriteEndObject();
            }

            return new RawJson(output.WrittenMemory);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
