using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiObjects;

/// <summary>Finds every file that a body names, strictly, so that nobody reaches another tenant's through one of their own.</summary>
internal static class ObjectFactsReader
{
    public static FactsResult Read(ReadOnlySpan<byte> body, CallHead head)
    {
        var call = ObjectPath.Read(head.Method ?? "POST", head.Path!);
        if (body.IsEmpty)
            return Facts(call);
        if (head.Method is "GET" or "DELETE")
            return new BadRequest("unexpected_body", $"{head.Method} takes no body here.", null);
        try
        {
            var reader = new StrictJsonReader(body);
            try
            {
                return Facts(call with { Ids = [.. call.Ids, .. ReadFiles(ref reader)] });
            }
            finally
            {
                reader.Dispose();
            }
        }
        catch (Exception e) when (e is JsonRefusal or JsonException)
        {
            return StrictJson.Describe(e, body);
        }
    }

    public static RequestFacts Facts(ObjectCall call, string? boundary = null) => new()
    {
        Model = "",
        Objects = call,
        Boundary = boundary,
        ClientWantsUsage = true,
        AnswerDecidesStream = true,
    };

    private static List<string> ReadFiles(ref StrictJsonReader json)
    {
        List<string> files = [];
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            throw new JsonRefusal(new BadRequest("wrong_type", "The request body must be a JSON object.", null));
        json.FoldCase();
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName)
                continue;
            if (json.ValueTextEquals("file_id"u8) || json.ValueTextEquals("input_file_id"u8))
            {
                if (json.ReadOptionalString() is { } file)
                    files.Add(file);
            }
            else if (json.ValueTextEquals("file_ids"u8))
            {
                ReadList(ref json, files);
            }
        }
        return files;
    }

    private static void ReadList(ref StrictJsonReader json, List<string> files)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return;
        if (json.TokenType != JsonTokenType.StartArray)
            throw json.WrongType("an array of file ids");
        while (json.Read() && json.TokenType == JsonTokenType.String)
            files.Add(json.GetString());
        if (json.TokenType != JsonTokenType.EndArray)
            throw json.WrongType("a file id");
    }
}
