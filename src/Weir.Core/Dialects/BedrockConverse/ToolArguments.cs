using System.Text;
using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>The <c>input</c> of a tool call: an object. Models of other dialects may produce text that is none.</summary>
internal static class ToolArguments
{
    /// <summary>Where text that is no object is kept.</summary>
    public const string RawMember = "_raw";

    /// <returns>False when the text had to be wrapped.</returns>
    public static bool Write(Utf8JsonWriter json, string arguments)
    {
        json.WritePropertyName("input"u8);
        var text = Encoding.UTF8.GetBytes(arguments);
        if (RawJsonExtensions.IsJsonObject(text))
        {
            json.WriteRawValue(text, skipInputValidation: true);
            return true;
        }
        json.WriteStartObject();
        if (!string.IsNullOrWhiteSpace(arguments))
            json.WriteString(RawMember, arguments);
        json.WriteEndObject();
        return string.IsNullOrWhiteSpace(arguments);
    }
}
