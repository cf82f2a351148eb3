using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Weir.Core.Errors;
using Weir.Core.Routing;
using Weir.Core.Routing.Records;
using Weir.Core.Semantics.External;
using Weir.Core.Spine.Records;

namespace Weir.Core.Spine;

/// <summary>
/// Why a call went as it went, as JSON: the facts it was routed by, the route, every candidate and what became of it, every
/// attempt with outcome, timing and cost, every parameter that did not cross. Never content. Of bounded size
/// (<see cref="RecordLimits"/>); what was left out is counted in members whose names end in <c>Omitted</c>.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The JSON writer holds nothing but the buffer beside it.")]
public sealed class DecisionRecord
{
    private readonly ArrayBufferWriter<byte> _buffer = new(2048);
    private readonly Utf8JsonWriter _json;
    private readonly TimeProvider _time;

    public DecisionRecord(TimeProvider time)
    {
        _time = time;
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });
    }

    /// <summary>The record of one call, in memory of its own. One instance serves one call at a time, and many in turn.</summary>
    public ReadOnlyMemory<byte> Write(Exchange exchange)
    {
        Begin(exchange.Snapshot.Hash);
        if (exchange.Call is { } call)
            FactsWriter.Write(_json, call);
        if (exchange.Content?.ClassifierSource is { } source)
            _json.WriteString("classifier"u8, source switch { VerdictSource.Classifier => "answered"u8, VerdictSource.DeadlinePassed => "late"u8, _ => "failed"u8 });
        RecordJson.Text(_json, "shadowOf"u8, exchange.ShadowOf);
        if (exchange.Facts is { } facts)
            PlanWriter.Write(_json, facts.Model, exchange.Plan, exchange);
        AttemptWriter.Write(_json, exchange, _time);
        RecordJson.Milliseconds(_json, "committedAfterMs"u8, exchange.CommittedAfter);
        return End(exchange.Error);
    }

    /// <summary>The record of a call that is only decided, not made.</summary>
    /// <param name="config">Hash of the snapshot it was decided under.</param>
    /// <param name="call">What was decided about.</param>
    /// <param name="plan">The plan, or null.</param>
    /// <param name="error">Why it would be refused, or null.</param>
    public ReadOnlyMemory<byte> Write(string config, RouteCall call, Plan? plan, GatewayError? error)
    {
        Begin(config);
        FactsWriter.Write(_json, call);
        PlanWriter.Write(_json, call.Asked, plan, null);
        return End(error);
    }

    private void Begin(string config)
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        _json.WriteStartObject();
        _json.WriteString("config"u8, config);
    }

    private ReadOnlyMemory<byte> End(GatewayError? error)
    {
        if (error is not null)
            AttemptWriter.Write(_json, error);
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenSpan.ToArray();
    }
}
