using System.Net;

namespace Weir.Load.Mock;

/// <summary>What the mock does when a request does not say otherwise.</summary>
/// <param name="Listen">Address and port.</param>
/// <param name="Chunks">Content chunks per stream.</param>
/// <param name="PaceMilliseconds">Time between chunks; 0 is back to back.</param>
/// <param name="DelayMilliseconds">Time before the first byte of any answer.</param>
/// <param name="Status">Anything but 200 makes every answer an error, for failover scenarios.</param>
internal sealed record MockSettings(
    IPEndPoint Listen, int Chunks, double PaceMilliseconds, double DelayMilliseconds, int Status);
