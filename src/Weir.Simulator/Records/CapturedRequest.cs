namespace Weir.Simulator.Records;

/// <summary>The request as it arrived; kept only with <see cref="SimulatorOptions.CaptureRequests"/>.</summary>
public sealed record CapturedRequest(
    string Method,
    string Path,
    string Query,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    ReadOnlyMemory<byte> Body);
