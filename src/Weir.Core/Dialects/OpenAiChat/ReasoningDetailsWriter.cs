using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>One entry of <c>reasoning_details</c>: the carrier of signatures and encrypted reasoning (wire notes §17).</summary>
internal static class ReasoningDetailsWriter
{
    /// <param name="json">Within the array.</param>
    /// <param name="index">Position among the answer's details.</param>
    /// <param name="text">The signed text; null when the reasoning is encrypted.</param>
    /// <param name="signature">The signature, or the encrypted data.</param>
    public static void Write(Utf8JsonWriter json, int index, string? text, ModelEvent.Signature signature)
    {
        json.WriteStartObject();
        if (text is null)
        {
            json.WriteString("type"u8, "reasoning.encrypted"u8);
            json.WriteString("data"u8, signature.Value);
        }
        else
        {
            json.WriteString("type"u8, "reasoning.text"u8);
            json.WriteString("text"u8, text);
            json.WriteString("signature"u8, signature.Value);
        }

        json.WriteString("format"u8, ReasoningFormats.FormatOf(signature.Vendor));
        json.WriteNumber("index"u8, index);
        json.WriteEndObject();
    }
}
