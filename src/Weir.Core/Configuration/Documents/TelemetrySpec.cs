using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>Logs, traces and metrics.</summary>
public sealed record TelemetrySpec
{
    public OtlpSpec? Otlp { get; init; }

    /// <summary><c>text</c> or <c>json</c>.</summary>
    public string LogFormat { get; init; } = "text";

    /// <summary><c>debug</c>, <c>info</c>, <c>warning</c> or <c>error</c>.</summary>
    public string LogLevel { get; init; } = "info";

    public static RecordShape<TelemetrySpec> Shape { get; } = new RecordShape<TelemetrySpec>("telemetry", "Logs, traces and metrics.", new TelemetrySpec())
        .Optional("otlp", OtlpSpec.Shape, "Sends traces and metrics to an OpenTelemetry collector.", (s, v) => s with { Otlp = v }, "none")
        .Optional("logFormat", Words("log format", "text", "json"), "Form of the log lines.", (s, v) => s with { LogFormat = v }, "text")
        .Optional("logLevel", Words("log level", "debug", "info", "warning", "error"), "Least important log line written.", (s, v) => s with { LogLevel = v }, "info");

    private static Shape<string> Words(string title, params string[] words) =>
        ShapeOf.Choice(title, [.. words.Select(w => (w, w))]);
}
