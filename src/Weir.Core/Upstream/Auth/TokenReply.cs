using System.Text.Json;

namespace Weir.Core.Upstream.Auth;

/// <summary>The answer of a place that gives out credentials.</summary>
public sealed record TokenReply(int Status, string Body)
{
    public bool IsOk => Status is >= 200 and < 300;

    /// <summary>The body as a JSON object.</summary>
    /// <param name="asked">Who was asked, for the message.</param>
    /// <exception cref="CredentialException">The status is no success, or the body no JSON object.</exception>
    public JsonElement Json(string asked)
    {
        if (!IsOk)
            throw new CredentialException($"{asked} answered with status {Status}{Reason()}");
        try
        {
            using var document = JsonDocument.Parse(Body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Said below.
        }
        throw new CredentialException($"{asked} did not answer with a JSON object");
    }

    /// <summary>A text member.</summary>
    /// <exception cref="CredentialException">It is missing.</exception>
    public static string Text(JsonElement json, string name, string asked) =>
        TextOrNull(json, name) is { Length: > 0 } text ? text : throw new CredentialException($"{asked} answered without '{name}'");

    public static string? TextOrNull(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A number, also when it is spelled as text (Azure's older endpoints do).</summary>
    public static long? Number(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number))
            return number;
        return value.ValueKind == JsonValueKind.String && long.TryParse(value.GetString(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number) ? number : null;
    }

    // The error code word only (OAuth 2.0, section 5.2): descriptions may repeat what was sent.
    private string Reason()
    {
        try
        {
            using var document = JsonDocument.Parse(Body);
            return document.RootElement.ValueKind == JsonValueKind.Object && TextOrNull(document.RootElement, "error") is { Length: < 80 } word ? $" ({word})" : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
