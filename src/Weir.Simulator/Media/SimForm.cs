using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using System.Text;
using Weir.Simulator.Calls;

namespace Weir.Simulator.Media;

/// <summary>A request's fields, of a form or of a JSON object, and its files.</summary>
internal sealed class SimForm
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    /// <summary>File parts: field, file name, bytes.</summary>
    public List<(string Field, string Name, byte[] Bytes)> Files { get; } = [];

    public string? this[string name] => _fields.GetValueOrDefault(name);

    public static async Task<SimForm> ReadAsync(string? contentType, ReadOnlyMemory<byte> body)
    {
        if (contentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) != true)
        {
            return ReadJson(body);
        }

        var form = new SimForm();
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(contentType).Boundary).Value
            ?? throw ApiFault.Invalid("The form has no boundary.");
        try
        {
            var reader = new MultipartReader(boundary, new MemoryStream(body.ToArray()));
            while (await reader.ReadNextSectionAsync() is { } section)
            {
                var disposition = ContentDispositionHeaderValue.Parse(section.ContentDisposition);
                using var bytes = new MemoryStream();
                await section.Body.CopyToAsync(bytes);
                var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
                if (disposition.FileName.HasValue)
                {
                    form.Files.Add((name, HeaderUtilities.RemoveQuotes(disposition.FileName).Value ?? "", bytes.ToArray()));
                }
                else
                {
                    form._fields[name] = Encoding.UTF8.GetString(bytes.ToArray());
                }
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or FormatException)
        {
            throw ApiFault.Invalid("The form cannot be read: " + e.Message);
        }

        return form;
    }

    private static SimForm ReadJson(ReadOnlyMemory<byte> body)
    {
        var form = new SimForm();
        if (body.IsEmpty)
        {
            return form;
        }

        using var document = CallRunner.Parse(body);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            form._fields[member.Name] = member.Value.ValueKind == System.Text.Json.JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText();
        }

        return form;
    }
}
