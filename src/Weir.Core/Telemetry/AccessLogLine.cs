using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Core.Catalog;
using Weir.Core.Metering;

namespace Weir.Core.Telemetry;

/// <summary>
/// Renders a call as a log line. JSON members: <c>time, request_id, key_id, tenant, team, operation, dialect, model,
/// target, continued_by, stream, input_tokens, output_tokens, cost_micros, price_state, ttft_ms, duration_ms, attempts, status, outcome, reason</c>.
/// Prompts, replies and secrets are not among them.
/// </summary>
internal sealed class AccessLogLine(ArrayBufferWriter<byte> buffer) : IDisposable
{
    private readonly Utf8JsonWriter _json = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public void Write(RequestRecord call, AccessLogFormat format)
    {
        if (format == AccessLogFormat.Json)
            WriteJson(call);
        else
            WriteText(call);
        buffer.Write("\n"u8);
    }

    public void Dispose() => _json.Dispose();

    private void WriteJson(RequestRecord call)
    {
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("time"u8, call.StartedAt);
        _json.WriteString("request_id"u8, call.Id);
        Optional("key_id"u8, call.KeyId);
        Optional("tenant"u8, call.Tenant);
        Optional("team"u8, call.Team);
        _json.WriteString("operation"u8, call.Operation);
        _json.WriteString("dialect"u8, call.Dialect);
        Optional("model"u8, call.Model);
        Optional("target"u8, call.Target);
        Optional("continued_by"u8, call.ContinuedBy);
        _json.WriteBoolean("stream"u8, call.Stream);
        _json.WriteNumber("input_tokens"u8, call.Usage.InputTotal);
        _json.WriteNumber("output_tokens"u8, call.Usage.OutputTotal);
        _json.WriteNumber("cost_micros"u8, call.Cost.Micros);
        _json.WriteString("price_state"u8, PriceStateNames.Of(call.PriceState));
        if (call.TimeToFirstToken is { } first)
            _json.WriteNumber("ttft_ms"u8, (long)first.TotalMilliseconds);
        _json.WriteNumber("duration_ms"u8, (long)call.Duration.TotalMilliseconds);
        _json.WriteNumber("attempts"u8, call.Attempts);
        _json.WriteNumber("status"u8, call.Status);
        _json.WriteString("outcome"u8, call.Outcome);
        Optional("reason"u8, call.Reason);
        _json.WriteEndObject();
        _json.Flush();
    }

    private void Optional(ReadOnlySpan<byte> name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            _json.WriteString(name, value);
    }

    private void WriteText(RequestRecord call)
    {
        Span<char> line = stackalloc char[512];
        var cost = call.PriceState == PriceState.Unpriced ? "unpriced" : Dollars.Text(call.Cost);
        // Names come from configuration and clients: TryWrite refuses what does not fit, a clipped line is enough here.
        if (!line.TryWrite(null,
                $"{call.StartedAt.UtcDateTime:HH:mm:ss} {call.Status} {call.Operation,-10} {Clip(call.Model)} -> {Clip(call.Target)} {call.Usage.InputTotal}+{call.Usage.OutputTotal} tok {cost} {(long)call.Duration.TotalMilliseconds} ms {call.Outcome} {call.Id}",
                out var length))
            length = Math.Min(line.Length, length);
        foreach (ref var c in line[..length])
        {
            // A model name is client text: no control characters may reach the terminal.
            if (char.IsControl(c))
                c = '?';
        }
        Encoding.UTF8.GetBytes(line[..length], buffer);
        if (call.ContinuedBy is { } other)
            Encoding.UTF8.GetBytes($" (cut, continued by {string.Concat(other.Select(c => char.IsControl(c) ? '?' : c))})", buffer);
        if (call.Reason is { Length: > 0 } reason)
            Encoding.UTF8.GetBytes($" ({string.Concat(reason.Select(c => char.IsControl(c) ? '?' : c))})", buffer);
    }

    private static ReadOnlySpan<char> Clip(string? name) => name is null ? "-" : name.AsSpan(0, Math.Min(name.Length, 80));
}
