using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>
/// Reads <c>reasoning_details</c>. A stream's fragments with one index belong together (text in several, the signature in
/// the last), because clients hand back the array as it grew.
/// </summary>
internal static class ReasoningDetailsReader
{
    /// <param name="message">An assistant message.</param>
    /// <param name="content">Receives Thinking and RedactedThinking parts.</param>
    /// <param name="dropped">Told of details of unknown type.</param>
    public static void Read(JsonElement message, List<ContentPart> content, Action<string> dropped)
    {
        string? lastKey = null;
        foreach (var detail in message.Items("reasoning_details"u8))
        {
            var type = detail.Text("type"u8);
            var vendor = ReasoningFormats.VendorOf(detail.Text("format"u8));
            switch (type)
            {
                case "reasoning.encrypted" when detail.Text("data"u8) is { } data:
                    content.Add(new ContentPart.RedactedThinking(data, vendor));
                    lastKey = null;
                    break;
                case "reasoning.text" or "reasoning.summary":
                    var text = detail.Text("text"u8) ?? detail.Text("summary"u8) ?? "";
                    var signature = detail.Text("signature"u8) is { Length: > 0 } s ? s : null;
                    var key = $"{type} {detail.Whole("index"u8)}";
                    if (key == lastKey && content[^1] is ContentPart.Thinking { Signature: null } open)
                        content[^1] = new ContentPart.Thinking(open.Value + text, signature, vendor);
                    else
                        content.Add(new ContentPart.Thinking(text, signature, vendor));
                    lastKey = key;
                    break;
                default:
                    dropped($"unknown type '{type}'");
                    break;
            }
        }
    }
}
