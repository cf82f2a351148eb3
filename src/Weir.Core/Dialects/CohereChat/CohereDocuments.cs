using System.Text;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.CohereChat;

/// <summary>Documents to answer from: a string, or an object with <c>data</c> (text, or named pieces of text) and perhaps an <c>id</c>.</summary>
internal static class CohereDocuments
{
    public static List<ContentPart> Read(JsonElement documents)
    {
        List<ContentPart> parts = [];
        foreach (var document in documents.ValueKind == JsonValueKind.Array ? documents.EnumerateArray() : default)
            parts.Add(ReadOne(document));
        return parts;
    }

    public static ContentPart ReadOne(JsonElement document)
    {
        if (document.ValueKind == JsonValueKind.String)
            return new ContentPart.Document(null, null, "text/plain", null, document.Text(), null);
        var data = document.Member("data"u8) ?? document;
        if (data.ValueKind == JsonValueKind.String)
            return new ContentPart.Document(null, null, "text/plain", null, data.Text(), document.Text("id"u8));
        var text = new StringBuilder();
        foreach (var piece in data.ValueKind == JsonValueKind.Object ? data.EnumerateObject() : default)
            text.Append(piece.Name).Append(": ").Append(piece.Value.ValueKind == JsonValueKind.String ? piece.Value.Text() : piece.Value.GetRawText()).Append('\n');
        return new ContentPart.Document(null, null, "text/plain", null, text.ToString().TrimEnd('\n'),
            data.Text("title"u8) ?? document.Text("id"u8));
    }
}
