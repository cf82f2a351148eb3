using System.Text;
using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>
/// Anthropic's <c>input</c> must be an object. Other dialects carry the text the model produced: nothing at all for a
/// tool without parameters, or invalid JSON. Nothing is lost: what is no object goes under <see cref="RawMember"/>.
/// </summary>
internal static class ToolInput
{
    public const string RawMember = "_raw_arguments";

    /// <summary>Writes the <c>input</c> member; true when the text was an object (or empty) and kept its spelling.</summary>
    public static bool Write(Utf8JsonWriter json, string arguments)
    {
        json.WritePropertyName("input"u8);
        if (string.IsNullOrWhiteSpace(arguments))
        {
            json.WriteStartObject();
            json.WriteEndObject();
            return true;
        }

        byte[] utf8 = Encoding.UTF8.GetBytes(arguments);
        if (RawJsonExtensions.IsJsonObject(utf8))
        {
            json.WriteRawValue(utf8.AsSpan().Trim(" \t\r\n"u8), skipInputValidation: true);
            return true;
        }

        json.WriteStartObject();
        json.WriteString(RawMember, arguments);
        json.WriteEndObject();
        return false;
    }
}
