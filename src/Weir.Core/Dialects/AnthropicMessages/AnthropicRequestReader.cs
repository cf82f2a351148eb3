using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>A Messages body as canon. Every member is read, noted as dropped, or refused.</summary>
internal static class AnthropicRequestReader
{
    public static ModelRequest Read(ReadOnlyMemory<byte> body, TranslationNotes notes)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        JsonElement root = document.RootElement;
        var messages = new MessageReader(body, notes);
        var request = new ModelRequest { Model = root.Text("model"u8) ?? "" };
        foreach (JsonProperty member in root.EnumerateObject())
        {
            JsonElement value = member.Value;
            if (value.ValueKind == JsonValueKind.Null)
                continue;
            switch (member.Name)
            {
                case "model":
                    break;
                case "system":
                    messages.System(value);
                    break;
                case "messages":
                    messages.Conversation(value);
                    break;
                case "stream":
                    request = request with { Stream = value.ValueKind == JsonValueKind.True };
                    break;
                case "max_tokens":
                    request = request with { MaxOutputTokens = root.Whole("max_tokens"u8) };
                    break;
                case "temperature":
                    request = request with { Temperature = value.ToRaw(body) };
                    break;
                case "top_p":
                    request = request with { TopP = value.ToRaw(body) };
                    break;
                case "top_k":
                    request = request with { TopK = value.ToRaw(body) };
                    break;
                case "stop_sequences":
                    request = request with { StopSequences = RequestOptions.Strings(value) };
                    break;
                case "tools":
                    request = request with { Tools = RequestTools.Read(value, body, notes) };
                    break;
                case "tool_choice":
                    request = RequestTools.ReadChoice(value, request, notes);
                    break;
                case "thinking":
                    request = RequestOptions.Thinking(value, request, notes);
                    break;
                case "output_config":
                    request = RequestOptions.OutputConfig(value, body, request, notes);
                    break;
                case "output_format":
                    request = RequestOptions.Format(value, body, request, "output_format", notes);
                    break;
                case "metadata":
                    request = RequestOptions.Metadata(value, request, notes);
                    break;
                case "service_tier":
                    request = request with { ServiceTier = RequestOptions.Tier(value.ValueKind == JsonValueKind.String ? value.Text() : "") };
                    break;
                default:
                    RequestOptions.Other(member.Name, value, notes);
                    break;
            }
        }

        return request with { Messages = messages.All };
    }
}
