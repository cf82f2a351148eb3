using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Parts of an answer as blocks. Neighbouring chunks of text, or of thoughts, are one block; a signature ends its block.
/// Signatures: of a thought on its thinking block; of a call on the call; of a text as encrypted reasoning right after it
/// (dialects have no place on a text), from where a request puts it back on that text.
/// </summary>
internal sealed class AnswerReader
{
    private int _next;
    private int _open = -1;
    private BlockKind _kind;
    private int _calls;
    private StreamedCall? _streamed;

    public bool CalledTools => _calls > 0;

    public bool HasContent => _next > 0;

    /// <summary>The block something was last added to.</summary>
    public int Current => _open >= 0 ? _open : Math.Max(0, _next - 1);

    private sealed record StreamedCall(string Name, string? Id, string? Signature, PartialArguments Arguments);

    public void Part(JsonElement part, string? responseId, List<ModelEvent> events)
    {
        string? signature = part.TextOf("thoughtSignature") is { Length: > 0 } sent ? sent : null;
        if (part.TryField("functionCall", out JsonElement call))
        {
            Call(call, signature, responseId, events);
            return;
        }

        BlockKind kind = part.IsTrue("thought") ? BlockKind.Thinking : BlockKind.Text;
        Append(kind, TextOf(part), events);
        if (signature is null)
            return;
        if (kind == BlockKind.Thinking && _open >= 0 && _kind == BlockKind.Thinking)
        {
            events.Add(new ModelEvent.Signature(_open, signature, ThoughtSeal.Google));
            Close(events);
            return;
        }

        Close(events);
        events.Add(new ModelEvent.BlockStart(_next, BlockKind.RedactedThinking));
        events.Add(new ModelEvent.Signature(_next, signature, ThoughtSeal.Google));
        events.Add(new ModelEvent.BlockStop(_next++));
    }

    /// <summary>Closes what is open.</summary>
    public void Close(List<ModelEvent> events)
    {
        if (_open >= 0)
            events.Add(new ModelEvent.BlockStop(_open));
        _open = -1;
        if (_streamed is { } call)
            Emit(call.Id, call.Name, call.Arguments.ToString(), call.Signature, null, events);
        _streamed = null;
    }

    private void Append(BlockKind kind, string text, List<ModelEvent> events)
    {
        if (text.Length == 0)
            return;
        if (_open < 0 || _kind != kind || _streamed is not null)
        {
            Close(events);
            (_open, _kind) = (_next++, kind);
            events.Add(new ModelEvent.BlockStart(_open, kind));
        }

        events.Add(new ModelEvent.TextDelta(_open, text));
    }

    /// <summary>Text, or what else can be shown as text: code that ran, and generated images as Markdown.</summary>
    private static string TextOf(JsonElement part)
    {
        if (part.TextOf("text") is { } text)
            return text;
        if (part.TryField("executableCode", out JsonElement code))
            return CodeText.Code(code);
        if (part.TryField("codeExecutionResult", out JsonElement result))
            return CodeText.Result(result);
        return part.TryField("inlineData", out JsonElement blob) && blob.TextOf("mimeType") is { } type && type.StartsWith("image/", StringComparison.Ordinal)
            ? $"![image](data:{type};base64,{blob.TextOf("data")})"
            : "";
    }

    /// <summary>Whole calls come at once; streamed ones begin with a name, go on in pieces, and end with an empty piece or with what follows.</summary>
    private void Call(JsonElement call, string? signature, string? responseId, List<ModelEvent> events)
    {
        if (call.TextOf("name") is { Length: > 0 } name)
        {
            Close(events);
            if (!call.TryField("partialArgs", out _) && !call.IsTrue("willContinue"))
            {
                string arguments = call.TryField("args", out JsonElement args) ? args.GetRawText() : "{}";
                Emit(call.TextOf("id"), name, arguments, signature, responseId, events);
                return;
            }

            string id = call.TextOf("id") ?? CallIds.ForAnswer(responseId, _calls, name, "", signature);
            _streamed = new StreamedCall(name, id, signature, new PartialArguments());
        }

        if (_streamed is not { } open)
            return;
        foreach (JsonElement piece in call.ItemsOf("partialArgs"))
            open.Arguments.Add(piece);
        if (!call.IsTrue("willContinue"))
            Close(events);
    }

    private void Emit(string? id, string name, string arguments, string? signature, string? responseId, List<ModelEvent> events)
    {
        int block = _next++;
        string known = id is { Length: > 0 } ? id : CallIds.ForAnswer(responseId, _calls, name, arguments, signature);
        _calls++;
        events.Add(new ModelEvent.ToolCallStart(block, known, name) { CallSignature = signature, Vendor = signature is null ? null : ThoughtSeal.Google });
        events.Add(new ModelEvent.ToolArgumentsDelta(block, arguments));
        events.Add(new ModelEvent.BlockStop(block));
    }
}
