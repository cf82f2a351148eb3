using Microsoft.AspNetCore.Http;
using System.Globalization;
using System.Text.Json;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.Records;

/// <summary><c>GET /sim/served</c>, <c>GET /sim/calls?since=N</c>, <c>POST /sim/reset</c>.</summary>
internal sealed class SimEndpoints(SimulatorState state, Action reset)
{
    public Task HandleAsync(HttpContext http, string path)
    {
        using var buffer = new EventBuffer();
        var json = buffer.BeginJson();
        switch (http.Request.Method, path)
        {
            case ("GET", "/sim/served"):
                Served(json);
                break;
            case ("GET", "/sim/calls"):
                _ = long.TryParse(http.Request.Query["since"], NumberStyles.None, CultureInfo.InvariantCulture, out var since);
                Calls(json, since);
                break;
            case ("POST", "/sim/reset"):
                reset();
                json.WriteStartObject();
                json.WriteEndObject();
                break;
            default:
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }

        buffer.EndJson();
        http.Response.ContentType = "application/json";
        CallRunner.WriteUnflushed(http.Response, buffer.Written);
        return Task.CompletedTask;
    }

    private void Served(Utf8JsonWriter json)
    {
        var totals = state.Totals();
        json.WriteStartObject();
        json.WriteNumber("calls", totals.Sum(total => total.Calls));
        json.WriteNumber("in_flight", Math.Max(0, state.Started - state.Finished));
        Endings(json, totals.SelectMany(total => total.Endings).GroupBy(ending => ending.Key)
            .Select(group => KeyValuePair.Create(group.Key, group.Sum(ending => ending.Value))));
        Usage(json, totals.Aggregate(default(ServedUsage), (sum, total) => sum + total.Usage));
        json.WriteStartArray("models");
        foreach (var total in totals)
        {
            json.WriteStartObject();
            json.WriteString("dialect", total.Dialect);
            json.WriteString("model", total.Model);
            json.WriteNumber("calls", total.Calls);
            Endings(json, total.Endings);
            Usage(json, total.Usage);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Calls(Utf8JsonWriter json, long since)
    {
        json.WriteStartArray();
        foreach (var call in state.Calls(since))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", call.Sequence);
            json.WriteString("dialect", call.Dialect);
            json.WriteString("model", call.Model);
            json.WriteNumber("status", call.Status);
            json.WriteBoolean("stream", call.Stream);
            json.WriteNumber("events", call.Events);
            json.WriteString("completion", Word(call.Completion));
            json.WriteString("request_id", call.RequestId);
            json.WriteString("started_at", call.StartedAt);
            json.WriteNumber("tool_results", call.ToolResults);
            json.WriteBoolean("usage_reported", call.UsageReported);
            Usage(json, call.Usage);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Word(Completion completion) => completion.ToString().ToLowerInvariant();

    private static void Endings(Utf8JsonWriter json, IEnumerable<KeyValuePair<Completion, long>> endings)
    {
        json.WriteStartObject("completions");
        foreach (var (completion, count) in endings)
        {
            json.WriteNumber(Word(completion), count);
        }

        json.WriteEndObject();
    }

    private static void Usage(Utf8JsonWriter json, ServedUsage usage)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("input_uncached", usage.InputUncached);
        json.WriteNumber("cache_read", usage.CacheRead);
        json.WriteNumber("cache_write_5m", usage.CacheWrite5m);
        json.WriteNumber("cache_write_1h", usage.CacheWrite1h);
        json.WriteNumber("output_visible", usage.OutputVisible);
        json.WriteNumber("reasoning", usage.Reasoning);
        json.WriteEndObject();
    }
}
