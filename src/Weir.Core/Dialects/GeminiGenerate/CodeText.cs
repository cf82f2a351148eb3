using System.Text.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>Parts of Google's code execution as text, for dialects that have no such tool.</summary>
internal static class CodeText
{
    public static string Code(JsonElement part)
        => $"\n```{(part.TextOf("language") ?? "").ToLowerInvariant()}\n{part.TextOf("code")}\n```\n";

    public static string Result(JsonElement part)
        => $"\n```\n{part.TextOf("output")}\n```\n";
}
