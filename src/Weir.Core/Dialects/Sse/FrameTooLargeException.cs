namespace Weir.Core.Dialects.Sse;

/// <summary>An upstream sent one frame longer than the limit. The stream cannot be followed any further.</summary>
public sealed class FrameTooLargeException(int limitBytes)
    : IOException($"The upstream sent a stream event of more than {limitBytes} bytes.")
{
    /// <summary>The limit that was passed, in bytes.</summary>
    public int LimitBytes { get; } = limitBytes;
}
