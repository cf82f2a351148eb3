using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Errors;
using Weir.Core.Metering;
using Weir.Core.Routing.Pools;
using Weir.Core.Routing.Records;
using Weir.Core.Spine.Continuations;
using Weir.Core.Telemetry;

namespace Weir.Core.Spine.Records;

/// <summary>What became of each attempt, as JSON.</summary>
internal static class AttemptWriter
{
    /// <summary>Writes <c>attempts</c>.</summary>
    public static void Write(Utf8JsonWriter json, Exchange exchange, TimeProvider time)
    {
        var attempts = exchange.Attempts;
        json.WriteStartArray("attempts"u8);
        for (var i = 0; i < Math.Min(attempts.Count, RecordLimits.Entries); i++)
            Write(json, attempts[i], time.GetElapsedTime(exchange.StartTimestamp, attempts[i].StartTimestamp));
        json.WriteEndArray();
        RecordJson.Count(json, "attemptsOmitted"u8, Math.Max(0, attempts.Count - RecordLimits.Entries));
    }

    private static void Write(Utf8JsonWriter json, Attempt attempt, TimeSpan start)
    {
        json.WriteStartObject();
        json.WriteNumber("n"u8, attempt.Number);
        RecordJson.Text(json, "target"u8, attempt.Planned.Target.Name);
        if (attempt.Planned.Target.Provider.Credentials.Count > 1 && attempt.Credential is { } credential)
            RecordJson.Text(json, "credential"u8, credential.Name);
        if (attempt.Endpoint is { } lease)
            WriteEndpoint(json, lease);
        json.WriteString("lane"u8, attempt.Lane switch { Lane.Native => "native"u8, Lane.Rewrite => "rewrite"u8, _ => "translate"u8 });
        json.WriteNumber("status"u8, attempt.Status);
        json.WriteString("outcome"u8, AttemptOutcomeNames.Of(attempt.Outcome));
        RecordJson.Milliseconds(json, "startMs"u8, start);
        RecordJson.Milliseconds(json, "ms"u8, attempt.Duration);
        RecordJson.Milliseconds(json, "ttftMs"u8, attempt.TimeToFirstToken);
        if (attempt is { Outcome: AttemptOutcome.TimedOut, Patience: { } patience })
            WritePatience(json, patience);
        RecordJson.Text(json, "finish"u8, attempt.Facts?.FinishReason);
        if (attempt.Settlement is { } settled)
            WriteSettlement(json, settled);
        if (attempt.Error is { } error)
            Write(json, error);
        if (attempt.Prefill is { } prefill)
            Write(json, prefill);
        if (attempt is { Error: not null, IsCommitted: true })
            RecordJson.Text(json, "notContinued"u8, attempt.NotContinued, RecordLimits.Sentence);
        WriteChanged(json, attempt.Changed);
        WriteNotes(json, attempt.Notes);
        json.WriteEndObject();
    }

    /// <summary>That another attempt's answer was gone on with: whose, after how much, and what made it safe.</summary>
    private static void Write(Utf8JsonWriter json, Prefill prefill)
    {
        json.WriteStartObject("continues"u8);
        json.WriteNumber("attempt"u8, prefill.Cut.Number);
        json.WriteNumber("characters"u8, prefill.Characters);
        RecordJson.Count(json, "whiteSpaceHeldBack"u8, prefill.WhiteSpace);
        json.WriteString("because"u8, prefill.Candidate.Target.CapabilitiesDeclared
            ? "only text was given out, in one open block; the target is declared to take prefill"u8
            : "only text was given out, in one open block; the provider documents prefill for the model"u8);
        json.WriteEndObject();
    }

    /// <summary>How long its silence was borne, and why no longer.</summary>
    private static void WritePatience(Utf8JsonWriter json, ContentPatience patience)
    {
        RecordJson.Milliseconds(json, "patienceMs"u8, patience.Limit);
        json.WriteString("patienceBy"u8, patience.Basis switch { PatienceBasis.Route => "route"u8, PatienceBasis.Seen => "seen"u8, _ => "floor"u8 });
    }

    /// <summary>The endpoint of a pool and what it was chosen by; parts that are nothing are left out.</summary>
    private static void WriteEndpoint(Utf8JsonWriter json, EndpointLease lease)
    {
        RecordJson.Text(json, "endpoint"u8, lease.Endpoint.Address.AbsoluteUri);
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
        if (Math.Round(value, 2) is var rounded and not 0)
            json.WriteNumber(name, rounded);
    }

    /// <summary>Writes the member <c>error</c>.</summary>
    public static void Write(Utf8JsonWriter json, GatewayError error)
    {
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, error.Code);
        json.WriteString("party"u8, error.Party.ToString().ToLowerInvariant());
        json.WriteString("phase"u8, error.Phase.ToString().ToLowerInvariant());
        RecordJson.Text(json, "message"u8, error.SafeMessage, RecordLimits.Sentence);
        RecordJson.Text(json, "reason"u8, error.Reason, RecordLimits.Sentence);
        json.WriteEndObject();
    }

    private static void WriteSettlement(Utf8JsonWriter json, LedgerSettlement settled)
    {
        json.WriteStartObject("usage"u8);
        UsageJson.Write(json, settled.Usage);
        json.WriteEndObject();
        json.WriteString("usageSource"u8, settled.UsageSource switch
        {
            UsageSource.Reported => "reported"u8,
            UsageSource.Running => "running"u8,
            UsageSource.Estimated => "estimated"u8,
            UsageSource.Counted => "counted"u8,
            _ => "none"u8,
        });
        json.WriteNumber("costPicos"u8, settled.Cost.Picos);
        json.WriteString("priceState"u8, PriceStateNames.Of(settled.PriceState));
        RecordJson.Text(json, "priceRow"u8, settled.PriceRow);
        RecordJson.Text(json, "servedModel"u8, settled.ServedModel);
    }

    /// <summary>Members of the request that the route set or changed.</summary>
    private static void WriteChanged(Utf8JsonWriter json, List<string> changed)
    {
        if (changed.Count == 0)
            return;
        json.WriteStartArray("changed"u8);
        for (var i = 0; i < Math.Min(changed.Count, RecordLimits.Entries); i++)
            json.WriteStringValue(RecordJson.Cut(changed[i], RecordLimits.Name));
        json.WriteEndArray();
    }

    private static void WriteNotes(Utf8JsonWriter json, TranslationNotes? notes)
    {
        if (notes is null || notes.All.Count == 0)
            return;
        var left = RecordLimits.Entries;
        json.WriteStartArray("notes"u8);
        foreach (var note in notes.All)
        {
            if (left-- <= 0)
                break;
            json.WriteStartObject();
            RecordJson.Text(json, "path"u8, note.Path);
            json.WriteString("fate"u8, note.Fate.ToString().ToLowerInvariant());
            RecordJson.Text(json, "reason"u8, note.Reason, RecordLimits.Sentence);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        RecordJson.Count(json, "notesOmitted"u8, Math.Max(0, notes.All.Count - RecordLimits.Entries));
    }
}
