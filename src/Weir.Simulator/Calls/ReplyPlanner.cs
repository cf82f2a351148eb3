using Weir.Simulator.Answers;
using Weir.Simulator.Directives;

namespace Weir.Simulator.Calls;

/// <summary>Decides what is answered: a function of the request, the directives, the seed and the call's number.</summary>
internal static class ReplyPlanner
{
    private const int DefaultThinking = 12;

    public static Reply Plan(DialectRequest request, CallDirectives directives, ulong seed, long sequence, DateTimeOffset now, string toolIdPrefix)
    {
        var text = DirectiveText.Strip(request.UserText);
        var content = SplitMix.Hash(text, seed);
        var budget = request.MaxTokens ?? int.MaxValue;
        var thinkingCount = Math.Min(directives.Thinking ?? (request.Thinks ? DefaultThinking : 0), budget);
        budget -= thinkingCount;

        var calls = Calls(request, directives, text, seed, sequence, content, toolIdPrefix);
        var choices = new ReplyChoice[request.Choices];
        for (var index = 0; index < choices.Length; index++)
        {
            choices[index] = calls.Count > 0
                ? new ReplyChoice(TokenText.Empty, calls, FinishReason.ToolCalls)
                : Cap(GoOn(request, Text(request, directives, text, content + (ulong)index * 7919)), budget, directives.Finish);
        }

        return new Reply
        {
            Request = request,
            Sequence = sequence,
            Seed = seed,
            Created = now,
            Choices = choices,
            Thinking = new GeneratedText(content ^ 0x7468696e6bUL, thinkingCount),
            Report = directives.Usage ?? UsageReport.AsAsked,
            ReasoningField = directives.ReasoningField,
            Usage = request.Input with
            {
                OutputVisible = choices.Sum(choice => (long)choice.Tokens),
                Reasoning = thinkingCount,
            },
        };
    }

    private static ReplyChoice Cap(TokenText text, int budget, string? finish) => new(
        text.Take(budget),
        [],
        finish switch
        {
            "length" => FinishReason.Length,
            "content_filter" => FinishReason.ContentFilter,
            _ => text.Count > budget ? FinishReason.Length : FinishReason.Stop,
        });

    /// <summary>What is left of the answer behind its given beginning; a beginning of something else is gone on from with the whole.</summary>
    private static TokenText GoOn(DialectRequest request, TokenText text)
    {
        if (request.Prefill is not { } begun)
        {
            return text;
        }

        var whole = text.ToString();
        var rest = whole.StartsWith(begun, StringComparison.Ordinal) ? whole[begun.Length..] : " " + whole;
        return SplitText.Of(request.EchoesPrefill ? begun + rest : rest);
    }

    private static TokenText Text(DialectRequest request, CallDirectives directives, string text, ulong content)
    {
        if (directives.Echo is { } echo)
        {
            return Marked(SplitText.Of(echo), directives);
        }

        if (request.WantsJson)
        {
            var json = request.AnswerSchema.ValueKind == System.Text.Json.JsonValueKind.Object
                ? SchemaFiller.Fill(request.AnswerSchema, content, optional: true)
                : $$"""{"answer":"{{new GeneratedText(content, directives.Tokens ?? 6)}}"}""";
            return Marked(SplitText.Of(json), directives);
        }

        if (directives.Tokens is { } tokens)
        {
            return Marked(new GeneratedText(content, tokens), directives);
        }

        // For a person who looks at a demo: say what this is, and what was heard.
        var heard = TokenRule.Split(ToolMention.UserWords(text)).Take(8).ToList();
        var head = SplitText.Of("Simulated answer" + (heard.Count == 0 ? ": " : $" to \"{string.Concat(heard).Trim()}\": "));
        return Marked(new PrefixedText(head, new GeneratedText(content, 8 + (int)(content % 24))), directives);
    }

    private static TokenText Marked(TokenText text, CallDirectives directives) =>
        directives.BadUtf8 is { } index ? new BrokenText(text, index) : text;

    private static List<ToolUse> Calls(
        DialectRequest request, CallDirectives directives, string text, ulong seed, long sequence, ulong content, string idPrefix)
    {
        var plan = ToolPlan.Read(directives.Arguments);
        var round = request.ToolHistory.Rounds;
        var names = round >= (plan?.Count ?? 1) || request.ToolDemand == ToolDemand.None ? [] : Names(request, directives, text);
        if (names.Count == 0)
        {
            return [];
        }

        var given = plan?[round];
        var count = request.ParallelTools ? Math.Max(given?.Count ?? directives.Calls ?? names.Count, 1) : 1;
        var calls = new List<ToolUse>(count);
        for (var index = 0; index < count; index++)
        {
            var tool = request.Tools.First(tool => tool.Name == names[index % names.Count]);
            var json = given?[index] ?? directives.Arguments ?? SchemaFiller.Fill(tool.Schema, content + (ulong)index, optional: false);
            calls.Add(new ToolUse(SimIds.Make(idPrefix, seed, sequence, 10 + index), tool.Name, json, SplitText.Of(json)));
        }

        return calls;
    }

    private static List<string> Names(DialectRequest request, CallDirectives directives, string text)
    {
        if (request.Tools.Count == 0)
        {
            return [];
        }

        if (request.NamedTool is { } named)
        {
            return [named];
        }

        if (directives.Tool is { } wanted)
        {
            var asked = wanted.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var known = asked.Where(name => request.Tools.Any(tool => tool.Name == name)).ToList();
            return known.Count > 0 || asked.Length > 0 ? known : [request.Tools[0].Name];
        }

        var mentioned = request.Tools.Select(tool => tool.Name).Where(name => ToolMention.In(text, name)).ToList();
        return mentioned.Count > 0 || request.ToolDemand != ToolDemand.Required ? mentioned : [request.Tools[0].Name];
    }
}
