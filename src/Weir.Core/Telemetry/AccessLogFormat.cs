namespace Weir.Core.Telemetry;

/// <summary>How calls are logged.</summary>
public enum AccessLogFormat
{
    /// <summary>No lines.</summary>
    Off,

    /// <summary>One short line for a person at a terminal.</summary>
    Text,

    /// <summary>One JSON object per line; members are listed in <see cref="AccessLogLine"/>.</summary>
    Json,
}
