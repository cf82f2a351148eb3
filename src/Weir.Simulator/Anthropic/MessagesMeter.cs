using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.Anthropic;

/// <summary>
/// Counts the prompt in the order tools, system, messages, and applies <c>cache_control</c>: at a breakpoint the
/// prefix is stored for its lifetime; the longest stored prefix that ends at any block up to the last breakpoint is
/// read. Unlike the real service there is no least length of a cached prefix.
/// </summary>
internal sealed class MessagesMeter
{
    private const int MaxBreakpoints = 4;

    private readonly List<(ulong Hash, long Tokens)> _boundaries = [];
    private readonly List<(ulong Hash, long Tokens, bool Hour)> _breakpoints = [];
    private ContentMeter _meter;

    private MessagesMeter(ulong seed) => _meter = new ContentMeter(seed);

    public static ServedUsage Measure(JsonElement body, PromptCache? cache)
    {
        var meter = new MessagesMeter(SplitMix.Hash(body.Text("model")));
        meter.Read(body);
        return meter.Result(cache);
    }

    private void Read(JsonElement body)
    {
        foreach (var tool in body.Items("tools"))
        {
            Block(tool);
        }

        if (body.Get("system") is { } system)
        {
            _meter.Message("system");
            Content(system);
        }

        foreach (var message in body.Items("messages"))
        {
            _meter.Message(message.Text("role")!);
            Content(message.Get("content") ?? default);
        }

        // A hint at the top level stands for one on the last block.
        if (body.Get("cache_control") is { } automatic && _boundaries.Count > 0)
        {
            _breakpoints.Add((_boundaries[^1].Hash, _boundaries[^1].Tokens, IsHour(automatic)));
        }
    }

    private void Content(JsonElement content)
    {
        if (content.ValueKind == JsonValueKind.String)
        {
            Block(content);
            return;
        }

        foreach (var block in content.ValueKind == JsonValueKind.Array ? content.EnumerateArray() : default)
        {
            Block(block);
        }
    }

    private void Block(JsonElement block)
    {
        // A bare string and a text block with the same text are the same prompt.
        if (block.Text("type") == "text" && block.Text("text") is { } text)
        {
            _meter.Text(text);
        }
        else
        {
            _meter.Value(block);
        }

        _boundaries.Add((_meter.Hash, _meter.Tokens));
        if (block.Get("cache_control") is { } hint)
        {
            _breakpoints.Add((_meter.Hash, _meter.Tokens, IsHour(hint)));
        }
    }

    private ServedUsage Result(PromptCache? cache)
    {
        if (_breakpoints.Count > MaxBreakpoints)
        {
            throw ApiFault.Invalid($"A maximum of {MaxBreakpoints} blocks with cache_control may be provided. Found {_breakpoints.Count}.");
        }

        if (cache is null || _breakpoints.Count == 0)
        {
            return new ServedUsage { InputUncached = _meter.Tokens };
        }

        var end = _breakpoints[^1].Tokens;
        var read = _boundaries.FindLast(boundary => boundary.Tokens <= end && cache.Has(boundary.Hash)).Tokens;
        long fiveMinutes = 0, hour = 0, reached = read;
        foreach (var (hash, tokens, isHour) in _breakpoints)
        {
            var written = Math.Max(0, tokens - reached);
            reached = Math.Max(reached, tokens);
            (fiveMinutes, hour) = isHour ? (fiveMinutes, hour + written) : (fiveMinutes + written, hour);
            cache.Put(hash, isHour ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(5));
        }

        return new ServedUsage
        {
            InputUncached = _meter.Tokens - end,
            CacheRead = read,
            CacheWrite5m = fiveMinutes,
            CacheWrite1h = hour,
        };
    }

    private static bool IsHour(JsonElement hint) => hint.Text("ttl") == "1h";
}
