using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Metering;
using Weir.Core.Routing;
using Weir.Core.Routing.Pools;
using Weir.Core.Telemetry;

namespace Weir.Core.Spine;

/// <summary>
/// Why a call went as it went, as JSON: the model asked for, every candidate and what became of it, every attempt with
/// outcome, timing and cost, every parameter that did not cross. Facts only, never content.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The JSON writer holds nothing but the buffer beside it.")]
public sealed class DecisionRecord
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;

    public DecisionRecord() => _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });

    /// <summary>The record of one call, in memory of its own. One instance serves one call at a time, and many in turn.</summary>
    public ReadOnlyMemory<byte> Write(Exchange exchange)
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        WriteCall(_json, exchange);
        _json.Flush();
        return _buffer.WrittenSpan.ToArray();
    }

    private static void WriteCall(Utf8JsonWriter json, Exchange exchange)
    {
        json.WriteStartObject();
        json.WriteString("config"u8, exchange.Snapshot.Hash);
        if (exchange.Facts is { } facts)
        {
            json.WriteStartObject("route"u8);
            json.WriteString("asked"u8, facts.Model);
            if (exchange.Plan is { } plan)
                json.WriteString("model"u8, plan.Model.Name);
            json.WriteEndObject();
        }
        WriteCandidates(json, exchange);
        WriteAttempts(json, exchange);
        if (exchange.CommittedAfter is { } commit)
            json.WriteNumber("committedAfterMs"u8, Math.Round(commit.TotalMilliseconds, 2));
        if (exchange.Error is { } error)
            WriteError(json, error);
        json.WriteEndObject();
    }

    private static void WriteCandidates(Utf8JsonWriter json, Exchange exchange)
    {
        if (exchange.Plan is not { } plan)
            return;
        json.WriteStartArray("candidates"u8);
        for (var i = 0; i < plan.Targets.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("target"u8, plan.Targets[i].Target.Name);
            json.WriteString("state"u8, StateOf(exchange, plan.Targets[i]));
            json.WriteString("dialect"u8, plan.Targets[i].Dialect.Name);
            json.WriteEndObject();
        }
        foreach (var removed in plan.Removed)
        {
            json.WriteStartObject();
            json.WriteString("target"u8, removed.Target);
            json.WriteString("state"u8, "removed");
            json.WriteString("reason"u8, removed.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>A target may have been tried several times, with one credential after another.</summary>
    private static string StateOf(Exchange exchange, PlannedTarget candidate) =>
        ReferenceEquals(exchange.Current?.Planned, candidate) ? "chosen"
        : exchange.Attempts.Exists(a => ReferenceEquals(a.Planned, candidate)) ? "failed" : "standby";

    private static void WriteAttempts(Utf8JsonWriter json, Exchange exchange)
    {
        json.WriteStartArray("attempts"u8);
        foreach (var attempt in exchange.Attempts)
        {
            json.WriteStartObject();
            json.WriteNumber("n"u8, attempt.Number);
            json.WriteString("target"u8, attempt.Planned.Target.Name);
            if (attempt.Planned.Target.Provider.Credentials.Count > 1 && attempt.Credential is { } credential)
                json.WriteString("credential"u8, credential.Name);
            if (attempt.Endpoint is { } lease)
                WriteEndpoint(json, lease);
            json.WriteString("lane"u8, attempt.Lane switch { Lane.Native => "native", Lane.Rewrite => "rewrite", _ => "translate" });
            json.WriteNumber("status"u8, attempt.Status);
            json.WriteString("outcome"u8, AttemptOutcomeNames.Of(attempt.Outcome));
            json.WriteNumber("ms"u8, Math.Round(attempt.Duration.TotalMilliseconds, 2));
            if (attempt.TimeToFirstToken is { } first)
                json.WriteNumber("ttftMs"u8, Math.Round(first.TotalMilliseconds, 2));
            if (attempt.Facts?.FinishReason is { } finish)
                json.WriteString("finish"u8, finish);
            if (attempt.Settlement is { } settled)
                WriteSettlement(json, settled);
            if (attempt.Error is { } error)
                WriteError(json, error);
            WriteNotes(json, attempt.Notes);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>The endpoint of a pool and what it was chosen by; parts that are nothing are left out.</summary>
    private static void WriteEndpoint(Utf8JsonWriter json, EndpointLease lease)
    {
        json.WriteString("endpoint"u8, lease.Endpoint.Address.AbsoluteUri);
        json.WriteStartObject("score"u8);
        WritePart(json, "total"u8, lease.Score.Total);
        WritePart(json, "prefix"u8, lease.Score.Prefix);
        WritePart(json, "queue"u8, lease.Score.Queue);
        WritePart(json, "running"u8, lease.Score.Running);
        WritePart(json, "cache"u8, lease.Score.Cache);
        WritePart(json, "adapter"u8, lease.Score.Adapter);
        WritePart(json, "unwell"u8, lease.Score.Unwell);
        json.WriteEndObject();
    }

    private static void WritePart(Utf8JsonWriter json, ReadOnlySpan<byte> name, double value)
    {
        if (value != 0)
            json.WriteNumber(name, Math.Round(value, 2));
    }

    private static void WriteSettlement(Utf8JsonWriter json, LedgerSettlement settled)
    {
        json.WriteStartObject("usage"u8);
        WriteCount(json, "input"u8, settled.Usage.InputUncached);
        WriteCount(json, "cacheRead"u8, settled.Usage.CacheRead);
        WriteCount(json, "cacheWrite5m"u8, settled.Usage.CacheWrite5m);
        WriteCount(json, "cacheWrite1h"u8, settled.Usage.CacheWrite1h);
        WriteCount(json, "inputAudio"u8, settled.Usage.InputAudio);
        WriteCount(json, "inputImage"u8, settled.Usage.InputImage);
        WriteCount(json, "output"u8, settled.Usage.OutputVisible);
        WriteCount(json, "reasoning"u8, settled.Usage.Reasoning);
        WriteCount(json, "outputAudio"u8, settled.Usage.OutputAudio);
        WriteCount(json, "outputImage"u8, settled.Usage.OutputImage);
        WriteCount(json, "searches"u8, settled.Usage.SearchUnits);
        WriteCount(json, "images"u8, settled.Usage.Images);
        WriteCount(json, "audioSeconds"u8, settled.Usage.AudioSeconds);
        WriteCount(json, "characters"u8, settled.Usage.Characters);
        json.WriteEndObject();
        json.WriteString("usageSource"u8, settled.UsageSource switch
        {
            UsageSource.Reported => "reported",
            UsageSource.Running => "running",
            UsageSource.Estimated => "estimated",
            UsageSource.Counted => "counted",
            _ => "none",
        });
        json.WriteNumber("costPicos"u8, settled.Cost.Picos);
        json.WriteString("priceState"u8, PriceStateNames.Of(settled.PriceState));
        if (settled.PriceRow is { } row)
            json.WriteString("priceRow"u8, row);
        if (settled.ServedModel is { } served)
            json.WriteString("servedModel"u8, served);
    }

    private static void WriteCount(Utf8JsonWriter json, ReadOnlySpan<byte> name, long value)
    {
        if (value != 0)
            json.WriteNumber(name, value);
    }

    private static void WriteError(Utf8JsonWriter json, Errors.GatewayError error)
    {
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, error.Code);
        json.WriteString("party"u8, error.Party.ToString().ToLowerInvariant());
        json.WriteString("phase"u8, error.Phase.ToString().ToLowerInvariant());
        json.WriteString("message"u8, error.SafeMessage);
        if (error.Reason is { } reason)
            json.WriteString("reason"u8, reason);
        json.WriteEndObject();
    }

    private static void WriteNotes(Utf8JsonWriter json, TranslationNotes? notes)
    {
        if (notes is null || notes.All.Count == 0)
            return;
        json.WriteStartArray("notes"u8);
        foreach (var note in notes.All)
        {
            json.WriteStartObject();
            json.WriteString("path"u8, note.Path);
            json.WriteString("fate"u8, note.Fate.ToString().ToLowerInvariant());
            json.WriteString("reason"u8, note.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
