using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Weir.Core.Dialects.Json;

/// <summary>Names a place in a body the way people do: <c>messages[2].content[0].type</c>. Only for error messages.</summary>
internal static class JsonPath
{
    /// <summary>Path of the token that starts at <paramref name="offset"/>; as far as the body can be read before it.</summary>
    public static string At(ReadOnlySpan<byte> body, int offset)
    {
        var open = new List<(string? Name, int Index)>();
        string? name = null;
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 1024 });
            while (reader.Read())
            {
                var closes = reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
                if (closes)
                    open.RemoveAt(open.Count - 1);
                else if (reader.TokenType == JsonTokenType.PropertyName)
                    name = Encoding.UTF8.GetString(reader.ValueSpan);
                else if (open.Count > 0 && open[^1].Index >= -1)
                    open[^1] = (open[^1].Name, open[^1].Index + 1);
                if (reader.TokenStartIndex >= offset)
                    break;
                if (reader.TokenType == JsonTokenType.StartObject)
                    open.Add((name, -2));
                else if (reader.TokenType == JsonTokenType.StartArray)
                    open.Add((name, -1));
                if (reader.TokenType != JsonTokenType.PropertyName && !closes)
                    name = null;
            }
        }
        catch (JsonException)
        {
            // The broken place itself: what was open before it is the answer.
        }

        return Render(open, name);
    }

    private static string Render(List<(string? Name, int Index)> open, string? name)
    {
        var path = new StringBuilder();
        foreach (var level in open)
        {
            AppendName(path, level.Name);
            if (level.Index >= 0)
                path.Append('[').Append(level.Index.ToString(CultureInfo.InvariantCulture)).Append(']');
        }

        AppendName(path, name);
        return path.ToString();
    }

    private static void AppendName(StringBuilder path, string? name)
    {
        if (name is null)
            return;
        if (path.Length > 0)
            path.Append('.');
        path.Append(name.Length <= 64 ? name : string.Concat(name.AsSpan(0, 64), "…"));
    }
}
