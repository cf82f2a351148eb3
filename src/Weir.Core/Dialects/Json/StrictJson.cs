using System.Globalization;
using System.Text.Json;

namespace Weir.Core.Dialects.Json;

/// <summary>The rules of <see cref="StrictJsonReader"/> as errors, and the check alone.</summary>
public static class StrictJson
{
    /// <summary>Deepest nesting accepted.</summary>
    public const int DefaultMaxDepth = 64;

    /// <summary>Walks the whole body; null when it is acceptable JSON of any kind.</summary>
    public static BadRequest? Check(ReadOnlySpan<byte> body, int maxDepth = DefaultMaxDepth)
    {
        try
        {
            var reader = new StrictJsonReader(body, maxDepth);
            try
            {
                while (reader.Read())
                {
                }
            }
            finally
            {
                reader.Dispose();
            }

            return null;
        }
        catch (Exception e) when (e is JsonRefusal or JsonException)
        {
            return Describe(e, body);
        }
    }

    /// <summary>What a strict walk threw, as the client should see it.</summary>
    internal static BadRequest Describe(Exception failure, ReadOnlySpan<byte> body)
    {
        if (failure is JsonRefusal refusal)
            return refusal.Error;
        if (failure is not JsonException json)
            return new BadRequest("invalid_json", "The request body is not valid JSON.", null);
        var line = (json.LineNumber ?? 0) + 1;
        var column = (json.BytePositionInLine ?? 0) + 1;
        var offset = Offset(body, line, column);
        var path = JsonPath.At(body, offset);
        var place = path.Length == 0 ? "" : $", near '{path}'";
        return new BadRequest("invalid_json", string.Create(CultureInfo.InvariantCulture,
            $"The request body is not valid JSON: line {line}, byte {column}{place}."), path.Length == 0 ? null : path);
    }

    internal static BadRequest TooDeep(int maxDepth) =>
        new("too_deep", string.Create(CultureInfo.InvariantCulture, $"The request body is nested deeper than {maxDepth} levels."), null);

    internal static BadRequest CaseVariant(ReadOnlySpan<byte> body, int offset, string key, string name) =>
        new("duplicate_key", $"'{key}' differs from '{name}' only in case; JSON keys are case-sensitive, write '{name}'.",
            JsonPath.At(body, offset));

    private static int Offset(ReadOnlySpan<byte> body, long line, long column)
    {
        var at = 0;
        for (var i = 1L; i < line; i++)
        {
            var next = body[at..].IndexOf((byte)'\n');
            if (next < 0)
                break;
            at += next + 1;
        }

        return (int)Math.Min(at + column - 1, body.Length);
    }
}
