namespace Weir.Telemetry;

/// <summary>Where spans and metrics go. Protocol is always OTLP over HTTP with protobuf.</summary>
/// <param name="Endpoint">Base address; <c>/v1/traces</c> and <c>/v1/metrics</c> are appended.</param>
/// <param name="Headers">Extra headers as <c>name=value,name=value</c> (collector credentials), or null.</param>
/// <param name="ServiceName">Resource attribute <c>service.name</c>.</param>
/// <param name="ServiceVersion">Resource attribute <c>service.version</c>.</param>
public sealed record OtlpOptions(Uri Endpoint, string? Headers, string ServiceName, string ServiceVersion)
{
    /// <summary>
    /// From the configuration's <c>telemetry.otlp.endpoint</c>, else <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; null when neither
    /// is set or <c>OTEL_SDK_DISABLED</c> is true. <c>OTEL_EXPORTER_OTLP_HEADERS</c> and <c>OTEL_SERVICE_NAME</c> apply.
    /// </summary>
    /// <exception cref="FormatException">The endpoint is not an absolute http or https address.</exception>
    public static OtlpOptions? Resolve(string? configured, string version, Func<string, string?> variable)
    {
        var text = string.IsNullOrWhiteSpace(configured) ? variable("OTEL_EXPORTER_OTLP_ENDPOINT") : configured;
        if (string.IsNullOrWhiteSpace(text) || string.Equals(variable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
            return null;
        if (!Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
            throw new FormatException($"The OTLP endpoint '{text}' is not an http or https address. Example: http://127.0.0.1:4318");
        var service = variable("OTEL_SERVICE_NAME");
        return new OtlpOptions(endpoint, variable("OTEL_EXPORTER_OTLP_HEADERS"), string.IsNullOrWhiteSpace(service) ? "weir" : service, version);
    }

    /// <summary>Headers may hold a credential: left out.</summary>
    public override string ToString() => $"OTLP to {Endpoint} as {ServiceName}";
}
