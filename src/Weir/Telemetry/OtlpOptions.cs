using Weir.Core.Configuration.Documents;

namespace Weir.Telemetry;

/// <summary>Where spans and metrics go.</summary>
/// <param name="Endpoint">Base address; over HTTP <c>v1/traces</c> and <c>v1/metrics</c> are appended.</param>
/// <param name="Grpc">OTLP over gRPC rather than over HTTP with protobuf.</param>
/// <param name="Headers">Extra headers as <c>name=value,name=value</c> (collector credentials), or null.</param>
/// <param name="ServiceName">Resource attribute <c>service.name</c>.</param>
/// <param name="ServiceVersion">Resource attribute <c>service.version</c>.</param>
public sealed record OtlpOptions(Uri Endpoint, bool Grpc, string? Headers, string ServiceName, string ServiceVersion)
{
    /// <summary>
    /// The configuration's <c>telemetry.otlp</c> when there is one, else <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and
    /// <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>; null when neither names an endpoint or <c>OTEL_SDK_DISABLED</c> is true.
    /// <c>OTEL_EXPORTER_OTLP_HEADERS</c> applies where the configuration has no headers, <c>OTEL_SERVICE_NAME</c> always.
    /// </summary>
    /// <param name="configured">The configuration's part, or null.</param>
    /// <param name="secret">The value behind a header's reference.</param>
    /// <param name="version">Product version.</param>
    /// <param name="variable">Looks up an environment variable.</param>
    /// <exception cref="FormatException">The endpoint is not an absolute http or https address, or the protocol is unknown.</exception>
    public static OtlpOptions? Resolve(OtlpSpec? configured, Func<SecretRef, string?> secret, string version, Func<string, string?> variable)
    {
        var text = configured?.Endpoint is { } given ? given.AbsoluteUri : variable("OTEL_EXPORTER_OTLP_ENDPOINT");
        if (string.IsNullOrWhiteSpace(text) || string.Equals(variable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
            return null;
        if (!Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
            throw new FormatException($"The OTLP endpoint '{text}' is not an http or https address. Example: http://127.0.0.1:4318");
        var protocol = configured is not null ? configured.Protocol : variable("OTEL_EXPORTER_OTLP_PROTOCOL") is { Length: > 0 } named ? named : "http/protobuf";
        if (protocol is not ("http/protobuf" or "grpc"))
            throw new FormatException($"The OTLP protocol '{protocol}' is not spoken here. Use http/protobuf or grpc.");
        var service = variable("OTEL_SERVICE_NAME");
        return new OtlpOptions(endpoint, protocol == "grpc", HeadersOf(configured, secret) ?? variable("OTEL_EXPORTER_OTLP_HEADERS"), string.IsNullOrWhiteSpace(service) ? "weir" : service, version);
    }

    private static string? HeadersOf(OtlpSpec? configured, Func<SecretRef, string?> secret) =>
        configured is not { Headers.Count: > 0 } ? null
        : string.Join(',', configured.Headers.Select(h => $"{h.Key}={Uri.EscapeDataString(secret(h.Value) ?? "")}"));

    /// <summary>Headers may hold a credential: left out.</summary>
    public override string ToString() => $"OTLP{(Grpc ? " (gRPC)" : "")} to {Endpoint} as {ServiceName}";
}
