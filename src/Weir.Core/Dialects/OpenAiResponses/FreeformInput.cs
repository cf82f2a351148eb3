using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>The text of a freeform tool call, as the arguments of a function with one string.</summary>
internal static class FreeformInput
{
    public static string ToArguments(string input) =>
        $"{{\"{ToolNames.InputMember}\":\"{JsonEncodedText.Encode(input, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"}}";

    /// <summary>What the model wrote; arguments of another form are taken as they are.</summary>
    public static string FromArguments(string arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments);
            return document.RootElement.Text("input"u8) ?? arguments;
        }
        catch (JsonException)
        {
            return arguments;
        }
    }
}
