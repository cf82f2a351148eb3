using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>A Converse body as canon. Every member is read, noted as dropped, or refused.</summary>
internal static class ConverseRequestReader
{
    public static ModelRequest Read(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head)
    {
        using var document = JsonDocument.Parse(body);
        var blocks = new ConverseBlockReader(body, notes);
        var (system, turns) = (new List<Message>(), new List<Message>());
        var request = new ModelRequest { Model = head.Model ?? "", Stream = head.Stream == true };
        foreach (var member in document.RootElement.EnumerateObject())
        {
            var value = member.Value;
            if (value.ValueKind == JsonValueKind.Null)
                continue;
            switch (member.Name)
            {
                case "messages":
                    ConverseTurns.Read(value, blocks, turns, notes);
                    break;
                case "system":
                    if (blocks.Read(value, "system") is { Count: > 0 } parts)
                        system.Add(new Message(MessageRole.System, parts));
                    break;
                case "inferenceConfig":
                    request = ConverseOptions.Inference(value, body, request, notes);
                    break;
                case "toolConfig":
                    request = ConverseTools.Read(value, body, request, notes);
                    break;
                case "additionalModelRequestFields":
                    request = ConverseOptions.Additional(value, body, request, notes);
                    break;
                case "outputConfig":
                    request = ConverseOptions.Output(value, request, notes);
                    break;
                case "serviceTier":
                    request = request with { ServiceTier = value.Text("type"u8) };
                    break;
                default:
                    ConverseOptions.Other(member.Name, notes);
                    break;
            }
        }

        return request with { Messages = [.. system, .. turns] };
    }
}
