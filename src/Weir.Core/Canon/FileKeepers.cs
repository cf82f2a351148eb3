namespace Weir.Core.Canon;

/// <summary>Vendors that keep uploaded files. A file id means something to the one that gave it, and to nobody else.</summary>
public static class FileKeepers
{
    public const string Anthropic = "anthropic";

    /// <summary>The Files API and Cloud Storage.</summary>
    public const string Google = "google";

    public const string OpenAi = "openai";
}
