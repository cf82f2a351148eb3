using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Admin.Contracts;

namespace Weir.Cli;

/// <summary>
/// JSON of the command line: the admin API's own shapes, indented. Reading is lenient about unknown members, so that an
/// older command line works with a newer server.
/// </summary>
internal static class CliJson
{
    public static AdminJson Reader { get; } =
        new(new JsonSerializerOptions(AdminJson.Default.Options)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
            // The server leaves null members out.
            RespectRequiredConstructorParameters = false,
        });

    /// <summary>The same document, indented; what is not JSON comes back unchanged.</summary>
    public static string Indent(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return Write(document.RootElement.WriteTo);
        }
        catch (JsonException)
        {
            return System.Text.Encoding.UTF8.GetString(utf8.Span);
        }
    }

    public static string Error(CliException failure) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("code", failure.Code);
        json.WriteString("message", failure.Message);
        if (failure.Hint is not null)
            json.WriteString("hint", failure.Hint);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    public static string Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        // Output is for terminals and pipes, not for HTML: no \u0022 where \" will do.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(json);
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
