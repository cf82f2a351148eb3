using System.Text.Json;

namespace Weir.Simulator.Answers;

/// <summary>
/// Counts prompt tokens. Rule: every string value counts by the <see cref="TokenRule"/>, every other scalar one,
/// an image <see cref="ImageTokens"/>, a message or system prompt <see cref="MessageTokens"/> more; names of members,
/// types, roles, identifiers, signatures, binary data and cache hints count nothing. The running hash covers the
/// same values, so equal prefixes are found however they are spelt.
/// </summary>
internal struct ContentMeter(ulong seed)
{
    public const int ImageTokens = 85;
    public const int MessageTokens = 3;

    private ulong _hash = seed;

    public long Tokens { get; private set; }

    public readonly ulong Hash => _hash;

    public void Message(string role)
    {
        Tokens += MessageTokens;
        _hash = SplitMix.Hash(role, _hash);
    }

    public void Text(string text)
    {
        Tokens += TokenRule.Count(text);
        _hash = SplitMix.Hash(text, _hash);
    }

    public void Value(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                Text(value.GetString()!);
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Member(member);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Value(item);
                }

                break;
            case JsonValueKind.Null:
                break;
            default:
                Tokens++;
                _hash = SplitMix.Hash(value.GetRawText(), _hash);
                break;
        }
    }

    private void Member(JsonProperty member)
    {
        switch (member.Name)
        {
            case "cache_control":
                break;
            case "image_url" or "inlineData" or "inline_data" or "source" when member.Value.ValueKind is JsonValueKind.Object:
                Tokens += ImageTokens;
                _hash = SplitMix.Hash(member.Value.GetRawText(), _hash);
                break;
            case "image_url" or "file_data" or "file_url" when member.Value.ValueKind is JsonValueKind.String:
                Tokens += ImageTokens;
                _hash = SplitMix.Hash(member.Value.GetString(), _hash);
                break;
            case "type" or "role" or "id" or "tool_use_id" or "tool_call_id" or "signature" or "data" or "url"
                or "media_type" or "thoughtSignature" or "file_id" or "call_id" or "encrypted_content" when member.Value.ValueKind is JsonValueKind.String:
                _hash = SplitMix.Hash(member.Value.GetString(), _hash);
                break;
            default:
                Value(member.Value);
                break;
        }
    }
}
