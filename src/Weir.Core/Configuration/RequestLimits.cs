namespace Weir.Core.Configuration;

/// <summary>What a client's request may look like at most.</summary>
/// <param name="MaxBodyBytes">Body size in bytes; larger bodies get 413.</param>
/// <param name="MaxJsonDepth">Nesting of the JSON body.</param>
/// <param name="MaxHeaders">Number of header fields.</param>
/// <param name="MaxHeaderBytes">Total size of the header section in bytes.</param>
public sealed record RequestLimits(long MaxBodyBytes, int MaxJsonDepth, int MaxHeaders, int MaxHeaderBytes)
{
    /// <summary>64 MiB bodies (vision prompts), depth 64, 100 headers, 64 KiB of headers.</summary>
    public static RequestLimits Default { get; } = new(64L << 20, 64, 100, 64 << 10);

    /// <summary>Size in bytes of one message of a realtime session, in either direction.</summary>
    public long MaxMessageBytes { get; init; } = 16L << 20;

    /// <summary>Size in bytes of a form with files, which is passed on while it arrives; larger ones get 413.</summary>
    public long MaxUploadBytes { get; init; } = 512L << 20;
}
