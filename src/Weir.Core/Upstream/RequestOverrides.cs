using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.JsonSplice;
using Weir.Core.Routing;

namespace Weir.Core.Upstream;

/// <summary>
/// What a route sets in requests: as splices of a body in any dialect, so that every other byte stays, and in canon before it
/// is translated. Both say which members they changed.
/// </summary>
public static class RequestOverrides
{
    /// <summary>Adds the edits of a same-dialect body. Of two edits of one place the one already there stands.</summary>
    /// <param name="overrides">What the route sets.</param>
    /// <param name="sampling">Where the dialect has cap and temperature; null = it has none, only parameters are set.</param>
    /// <param name="body">The body as it is.</param>
    /// <param name="splices">Edits so far; added to.</param>
    /// <param name="changed">Names of what was changed; added to.</param>
    public static void Plan(RouteOverrides overrides, SamplingMembers? sampling, ReadOnlySpan<byte> body, List<Splice> splices, List<string> changed)
    {
        var inner = sampling?.Within ?? [];
        string[] own = sampling is null ? [] : [.. sampling.MaxTokens, sampling.Temperature];
        string[] wanted = [.. overrides.Parameters.Select(p => p.Name), .. inner, .. own, .. sampling?.Thinking is { } budget ? [budget.Within] : Array.Empty<string>()];
        if (BodyOutline.Of(body, new ByteRange(0, body.Length), wanted) is not { } top)
            return;

        var inserted = new StringBuilder();
        foreach (var parameter in overrides.Parameters)
        {
            var at = top.Find(parameter.Name);
            if (!at.IsPresent)
                Append(inserted, parameter.Name, parameter.Json);
            else if (body.Slice(at.Start, at.Length).SequenceEqual(Encoding.UTF8.GetBytes(parameter.Json)) || !TryAdd(splices, at, parameter.Json))
                continue;
            changed.Add(parameter.Name);
        }

        if (sampling is not null)
        {
            var holder = inner.FirstOrDefault(name => top.Find(name).IsPresent);
            var members = inner.Count == 0 ? top : holder is null ? null : BodyOutline.Of(body, top.Find(holder), own);
            if (members is not null)
                Bound(overrides, sampling.Temperature, members, body, splices, changed);
            if (overrides.MaxTokens is { } cap && Cap(cap, sampling, members, body, splices, changed))
            {
                // The client set none: it is written where the dialect has it.
                if (members == top)
                    Append(inserted, sampling.MaxTokens[0], Number(cap));
                else if (members is not null)
                    splices.Add(Insertion(members, Member(sampling.MaxTokens[0], Number(cap))));
                else if (holder is null)
                    Append(inserted, inner[0], $"{{{Member(sampling.MaxTokens[0], Number(cap))}}}");
                else
                    TryAdd(splices, top.Find(holder), $"{{{Member(sampling.MaxTokens[0], Number(cap))}}}");
                changed.Add(sampling.MaxTokens[0]);
            }
        }
        if (overrides.MaxTokens is { } most && sampling?.Thinking is { } thinking)
            Fit(most, thinking, top.Find(thinking.Within), body, splices, changed);
        if (inserted.Length > 0)
            splices.Add(Insertion(top, inserted.ToString()));
        if (splices.Count > 1)
            Splicer.Prepare(body.Length, splices);
    }

    /// <summary>Cap and temperature of a request that will be translated; its parameters are set in the document that comes of it.</summary>
    public static ModelRequest Apply(RouteOverrides overrides, ModelRequest request, List<string> changed)
    {
        if (overrides.MaxTokens is { } cap && (request.MaxOutputTokens ?? long.MaxValue) > cap)
        {
            request = request with { MaxOutputTokens = cap };
            changed.Add("max_tokens");
        }
        if (Bounded(overrides, request.Temperature.Utf8.Span) is { } bounded)
        {
            request = request with { Temperature = RawJson.FromText(bounded) };
            changed.Add("temperature");
        }
        return request;
    }

    /// <summary>True when the client set no cap at all.</summary>
    private static bool Cap(long cap, SamplingMembers sampling, BodyOutline? members, ReadOnlySpan<byte> body, List<Splice> splices, List<string> changed)
    {
        var found = false;
        foreach (var name in sampling.MaxTokens)
        {
            var at = members?.Find(name) ?? default;
            if (!at.IsPresent)
                continue;
            found = true;
            // Negative means "no cap" (Ollama); what is no number is nothing to rely on.
            var isSmaller = Utf8Parser.TryParse(body.Slice(at.Start, at.Length), out double sent, out var used) && used == at.Length && sent >= 0 && sent <= cap;
            if (!isSmaller && TryAdd(splices, at, Number(cap)))
                changed.Add(name);
        }
        return !found;
    }

    /// <summary>A thinking budget that reaches the cap would be refused.</summary>
    private static void Fit(long cap, ThinkingBudget thinking, ByteRange at, ReadOnlySpan<byte> body, List<Splice> splices, List<string> changed)
    {
        var budget = at.IsPresent ? BodyOutline.Of(body, at, [thinking.Member])?.Find(thinking.Member) ?? default : default;
        if (!budget.IsPresent || !Utf8Parser.TryParse(body.Slice(budget.Start, budget.Length), out long sent, out _) || sent < cap)
            return;
        if (ThinkingBudget.Under(cap) is { } under ? TryAdd(splices, budget, Number(under)) : TryAdd(splices, at, thinking.Off))
            changed.Add(thinking.Within);
    }

    private static void Bound(RouteOverrides overrides, string name, BodyOutline members, ReadOnlySpan<byte> body, List<Splice> splices, List<string> changed)
    {
        var at = members.Find(name);
        if (at.IsPresent && Bounded(overrides, body.Slice(at.Start, at.Length)) is { } bounded && TryAdd(splices, at, bounded))
            changed.Add(name);
    }

    /// <summary>The bound that takes a temperature's place, or null when it may stay as it is.</summary>
    private static string? Bounded(RouteOverrides overrides, ReadOnlySpan<byte> sent)
    {
        if (sent.IsEmpty || !Utf8Parser.TryParse(sent, out double value, out var used) || used != sent.Length)
            return null;
        if (value < overrides.MinTemperature)
            return overrides.MinTemperature.Value.ToString("R", CultureInfo.InvariantCulture);
        return value > overrides.MaxTemperature ? overrides.MaxTemperature.Value.ToString("R", CultureInfo.InvariantCulture) : null;
    }

    private static bool TryAdd(List<Splice> splices, ByteRange at, string json)
    {
        foreach (var other in splices)
        {
            if (other.Offset < at.End && at.Start < other.Offset + other.Length)
                return false;
        }
        splices.Add(new Splice(at.Start, at.Length, Encoding.UTF8.GetBytes(json)));
        return true;
    }

    private static Splice Insertion(BodyOutline into, string members) =>
        new(into.Start, 0, Encoding.UTF8.GetBytes(into.IsEmpty ? members : members + ","));

    private static void Append(StringBuilder members, string name, string json) =>
        members.Append(members.Length > 0 ? "," : "").Append(Member(name, json));

    private static string Member(string name, string json) => $"\"{JsonEncodedText.Encode(name)}\":{json}";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
