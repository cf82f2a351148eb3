namespace Weir.Tests.Realtime;

/// <summary>A handshake that was answered with an HTTP status instead.</summary>
internal sealed class RefusedException(int status, Exception inner) : Exception($"refused with {status}", inner)
{
    public int Status { get; } = status;
}
