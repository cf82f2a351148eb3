using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>A generate (or count) body as canon. Every field is read, noted as dropped, or refused.</summary>
internal static class GeminiRequestReader
{
    /// <summary>Reason for fields that steer what only Google has.</summary>
    public const string NoCounterpart = "Only Google's models have a counterpart.";

    public static ModelRequest Read(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        JsonElement root = document.RootElement;
        if (root.TryField("generateContentRequest", out JsonElement nested))
            root = nested;
        var contents = new ContentsReader(body, notes);
        var request = new ModelRequest { Model = head.Model ?? "", Stream = head.Stream == true };
        foreach (JsonProperty member in root.EnumerateObject())
        {
            JsonElement value = member.Value;
            if (value.ValueKind == JsonValueKind.Null)
                continue;
            switch (GeminiNames.Camel(member.Name))
            {
                case "model":
                    break;
                case "contents":
                    contents.Conversation(value);
                    break;
                case "systemInstruction":
                    contents.System(value, member.Name);
                    break;
                case "tools":
                    request = request with { Tools = GeminiToolsReader.Read(value, body, notes) };
                    break;
                case "toolConfig":
                    break; // after the tools, which it may narrow down
                case "generationConfig":
                    request = GenerationConfigReader.Read(value, body, request, notes);
                    break;
                case "serviceTier":
                    request = request with { ServiceTier = Tier(value) };
                    break;
                default:
                    Other(member, notes);
                    break;
            }
        }

        if (root.TryField("toolConfig", out JsonElement toolConfig))
            request = GeminiToolsReader.ReadConfig(toolConfig, request, notes);
        return request with { Messages = contents.All };
    }

    /// <summary>In canon the tiers have OpenAI's words.</summary>
    private static string? Tier(JsonElement value)
    {
        string word = value.ValueKind == JsonValueKind.String ? value.Text().ToLowerInvariant() : "";
        return word.Replace("service_tier_", "", StringComparison.Ordinal) switch
        {
            "" or "unspecified" => null,
            "standard" => "default",
            var tier => tier,
        };
    }

    /// <summary>Refused are those whose absence would change what the model reads or what may pass it.</summary>
    private static void Other(JsonProperty member, TranslationNotes notes)
    {
        switch (GeminiNames.Camel(member.Name))
        {
            case "cachedContent":
                notes.Refuse(member.Name, "The cached content lies at Google; another provider cannot read it.");
                break;
            case "continuationToken":
                notes.Refuse(member.Name, "The answer to be continued lies at Google.");
                break;
            case "safetySettings":
                notes.Drop(member.Name, "The safety settings are Google's; the other provider's own apply.");
                break;
            case "modelArmorConfig":
                notes.Refuse(member.Name, "Model Armor guards calls at Google only.");
                break;
            default:
                notes.Drop(member.Name, NoCounterpart);
                break;
        }
    }
}
