using System.Text.Json;
using Weir.Cli;
using Weir.Core.Configuration;

namespace Weir.Hosting;

/// <summary>What <c>weir up</c> prints once both listeners answer: where, with which key, and one line to try.</summary>
internal static class UpBanner
{
    public static void Write(WeirHost host, UpOptions options, CliConsole console)
    {
        foreach (var warning in host.Warnings.Where(d => d.Severity == Severity.Warning))
            console.Error.WriteLine(warning.ToString());
        if (options.Json)
            WriteJson(host, options, console.Out);
        else
            WriteText(host, options, console.Out);
        console.Out.Flush();
    }

    private static void WriteText(WeirHost host, UpOptions options, TextWriter output)
    {
        var url = host.DataAddress.GetLeftPart(UriPartial.Authority);
        output.WriteLine($"Weir {WeirVersion.Text} is up.");
        output.WriteLine();
        output.WriteLine($"  API      {url}/v1   (Anthropic SDKs: {url})");
        output.WriteLine($"  Admin    {host.AdminAddress.GetLeftPart(UriPartial.Authority)}   health, metrics; token in {Path.Combine(options.DataDir, "admin.token")}");
        output.WriteLine($"  Models   {Models(host.Snapshots.Current)}");
        output.WriteLine($"  Data     {options.DataDir}");
        if (host.FirstKey is { } key)
        {
            output.WriteLine($"  Key      {key.Secret}   (shown this once)");
            output.WriteLine();
            output.WriteLine("Try it:");
            output.WriteLine($"  {Curl(url, key.Secret)}");
        }
        else if (options.ConfigPath is null)
        {
            output.WriteLine("  Key      the one printed at the first start; 'weir keys create NAME' makes another");
        }
        output.WriteLine();
        output.WriteLine("Then: weir usage, weir requests tail, weir explain ID. Ctrl+C stops.");
    }

    private static void WriteJson(WeirHost host, UpOptions options, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("version", WeirVersion.Text);
            json.WriteString("api", host.DataAddress.GetLeftPart(UriPartial.Authority));
            json.WriteString("admin", host.AdminAddress.GetLeftPart(UriPartial.Authority));
            json.WriteString("data", options.DataDir);
            if (host.FirstKey is { } key)
                json.WriteString("key", key.Secret);
            json.WriteEndObject();
        }
        output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static string Models(Snapshot snapshot)
    {
        var names = snapshot.Models.All.Select(m => m.Name).ToList();
        return names.Count == 0 ? "none yet" : string.Join(", ", names.Take(8)) + (names.Count > 8 ? $" and {names.Count - 8} more" : "");
    }

    private static string Curl(string url, string key) =>
        $$"""curl {{url}}/v1/chat/completions -H "Authorization: Bearer {{key}}" -H "Content-Type: application/json" -d '{"model":"demo","messages":[{"role":"user","content":"Hello, Weir"}]}'""";
}
