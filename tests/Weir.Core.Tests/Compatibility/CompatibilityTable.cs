using System.Buffers;
using System.Text;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.AnthropicMessages;
using Weir.Core.Dialects.BedrockConverse;
using Weir.Core.Dialects.CohereChat;
using Weir.Core.Dialects.GeminiGenerate;
using Weir.Core.Dialects.OllamaChat;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Dialects.OpenAiResponses;
using Weir.Core.Dialects.OpenAiCompletions;
using Weir.Core.Dialects.TgiGenerate;
using Weir.Core.Dialects.TritonGenerate;

namespace Weir.Core.Tests.Compatibility;

/// <summary>
/// What becomes of every parameter of every client dialect at every upstream dialect, found by translating an example of
/// each. Nothing in it is written by hand but the examples.
/// </summary>
internal static class CompatibilityTable
{
    /// <summary>Where a client may come from.</summary>
    public static IReadOnlyList<ClientSurface> Clients { get; } =
    [
        ChatSurface.Value, ResponsesSurface.Value, MessagesSurface.Value, GeminiSurface.Value, ConverseSurface.Value,
        OllamaChatSurface.Value, OllamaGenerateSurface.Value, CohereSurface.Value, CompletionsSurface.Value, TritonSurface.Value, TgiSurface.Value,
    ];

    /// <summary>Where a call may go.</summary>
    public static IReadOnlyList<UpstreamSurface> Upstreams { get; } =
    [
        new(new OpenAiChatDialect(), "OpenAI Chat", "openai", "gpt-5"),
        new(new OpenAiResponsesDialect(), "OpenAI Responses", "openai", "gpt-5"),
        new(new AnthropicMessagesDialect(), "Anthropic Messages", "anthropic", "claude-sonnet-4-5"),
        new(new GeminiGenerateDialect(), "Gemini", "gemini", "gemini-2.5-pro"),
        new(new BedrockConverseDialect(), "Bedrock Converse", "bedrock", "anthropic.claude-sonnet-4-5-20250929-v1:0"),
        new(new OllamaChatDialect(), "Ollama", "ollama", "qwen3"),
        new(new CohereChatDialect(), "Cohere Chat", "cohere", "command-a-03-2025"),
        new(new OpenAiCompletionsDialect(), "OpenAI Completions", "openai", "gpt-3.5-turbo-instruct"),
        new(new TritonGenerateDialect(), "Triton", "triton", "llama"),
        new(new TgiGenerateDialect(), "TGI", "tgi", "llama"),
    ];

    /// <summary>What became of one parameter.</summary>
    public static Fate FateOf(ClientSurface client, Parameter parameter, UpstreamSurface upstream)
    {
        if (client.Dialect.Name == upstream.Dialect.Name)
            return new Fate(FateKind.Native, [], IsIgnored: false);
        var (plain, before) = Translate(client, parameter.Without(client.BaseRequest), client.Head, upstream);
        var (body, after) = Translate(client, parameter.In(client.BaseRequest), parameter.Head ?? client.Head, upstream);
        // Where the call is refused with and without the parameter, that is what becomes of it.
        var notes = after.All.Where(n => !before.All.Contains(n) || n.Fate == ParameterFate.Refused).ToList();
        var isSame = body.AsSpan().SequenceEqual(plain);
        // A part of something that is dropped went with it.
        if (notes.Count == 0 && isSame)
            notes.AddRange(before.All.Where(n => n.Fate == ParameterFate.Dropped));
        var kind = notes.Count == 0 ? FateKind.Mapped
            : notes.Exists(n => n.Fate == ParameterFate.Refused) ? FateKind.Refused
            : notes.Exists(n => n.Fate == ParameterFate.Dropped) ? FateKind.Dropped : FateKind.Adapted;
        return new Fate(kind, notes, IsIgnored: kind == FateKind.Mapped && !parameter.AnswerOnly && isSame);
    }

    public static string Write()
    {
        var text = new StringBuilder("""
            # Compatibility

            What becomes of each request parameter when the provider speaks another API than the client. Generated from the
            translators: every cell is the outcome of translating an example. Where client and provider speak the same API nothing is
            translated: every parameter passes, also ones this page has never heard of.

            | sign | meaning |
            |---|---|
            | = | same API: passes as it is |
            | ✓ | mapped |
            | ~ | mapped to the nearest thing there is; the decision record says how |
            | – | dropped: the answer carries `x-weir-dropped`, `weir explain` says why |
            | ✗ | refused with an error that names it: leaving it out would change what the answer means |

            Models with `strict: true` refuse what is dropped (–) as well. The numbers refer to the reasons below each table.


            """.ReplaceLineEndings("\n"));
        text.Append($"Clients of {string.Join(" · ", Clients.Select(c => $"[{c.Title}](#{Anchor(c)})"))}\n\n");
        foreach (var client in Clients)
            Write(text, client);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>The heading as a link names it.</summary>
    private static string Anchor(ClientSurface client) => $"clients of {client.Title}".ToLowerInvariant().Replace(' ', '-');

    private static void Write(StringBuilder text, ClientSurface client)
    {
        var reasons = new List<string>();
        text.Append($"## Clients of {client.Title}\n\n| parameter | {string.Join(" | ", Upstreams.Select(u => u.Title))} |\n|---|{string.Concat(Enumerable.Repeat("---|", Upstreams.Count))}\n");
        foreach (var parameter in client.Parameters)
        {
            text.Append($"| `{parameter.Name}` |");
            foreach (var upstream in Upstreams)
            {
                var fate = FateOf(client, parameter, upstream);
                text.Append(' ').Append(fate.Sign);
                if (fate.Notes.Count > 0)
                {
                    var reason = string.Join("; ", fate.Notes.Select(n => n.Reason).Distinct());
                    var number = reasons.IndexOf(reason) + 1;
                    if (number == 0)
                    {
                        reasons.Add(reason);
                        number = reasons.Count;
                    }
                    text.Append($" <sup>{number}</sup>");
                }
                text.Append(" |");
            }
            text.Append('\n');
        }
        text.Append('\n');
        for (var i = 0; i < reasons.Count; i++)
            text.Append($"{i + 1}. {reasons[i]}\n");
        text.Append('\n');
    }

    private static (byte[] Body, TranslationNotes Notes) Translate(ClientSurface client, byte[] body, CallHead head, UpstreamSurface upstream)
    {
        var read = client.Dialect.ReadFacts(body, head);
        if (!read.IsOk)
            throw new InvalidOperationException($"{client.Title}: {Encoding.UTF8.GetString(body)} is not accepted: {read.Error.Message}");
        var notes = new TranslationNotes();
        var output = new ArrayBufferWriter<byte>();
        upstream.Dialect.WriteRequest(client.Dialect.ReadRequest(body, notes, head), upstream.Target, output, notes);
        // What an upstream is asked stands in its path too: Gemini and Bedrock have one for streams.
        var path = upstream.Dialect.UpstreamPath(Operation.Chat, upstream.Target, read.Facts.Stream) + upstream.Dialect.UpstreamQuery(Operation.Chat, read.Facts.Stream);
        return ([.. Encoding.UTF8.GetBytes(path), .. output.WrittenSpan], notes);
    }
}
