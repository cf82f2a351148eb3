using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Parts as canonical parts. A part is a union of data fields with fields about it beside them; a signature on a text
/// becomes encrypted reasoning right after the text, which is where the writer puts it back from.
/// </summary>
internal sealed class PartReader(ReadOnlyMemory<byte> body, TranslationNotes notes, PendingCalls calls)
{
    public void Read(JsonElement part, string path, int turn, List<ContentPart> into)
    {
        if (part.ValueKind == JsonValueKind.String)
        {
            into.Add(new ContentPart.Text(part.Text()));
            return;
        }

        if (part.ValueKind != JsonValueKind.Object)
        {
            notes.Refuse(path, "A part must be an object.");
            return;
        }

        string? signature = part.TextOf("thoughtSignature") is { Length: > 0 } sent ? sent : null;
        bool isUnderstood = false;
        foreach (JsonProperty member in part.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
                continue;
            switch (GeminiNames.Camel(member.Name))
            {
                case "thought" or "thoughtSignature":
                    break;
                case "text" when member.Value.ValueKind == JsonValueKind.String:
                    Text(member.Value.Text(), part.IsTrue("thought"), signature, into);
                    isUnderstood = true;
                    break;
                case "functionCall":
                    into.Add(Call(member.Value, signature, turn));
                    isUnderstood = true;
                    break;
                case "functionResponse":
                    into.Add(Response(member.Value, $"{path}.{member.Name}", turn));
                    isUnderstood = true;
                    break;
                case "inlineData":
                    into.Add(MediaReader.Inline(member.Value, body));
                    isUnderstood = true;
                    break;
                case "fileData":
                    into.Add(MediaReader.File(member.Value, body));
                    isUnderstood = true;
                    break;
                case "executableCode":
                    into.Add(new ContentPart.Text(CodeText.Code(member.Value)));
                    notes.Adapt($"{path}.{member.Name}", "Code the model ran became text.");
                    isUnderstood = true;
                    break;
                case "codeExecutionResult":
                    into.Add(new ContentPart.Text(CodeText.Result(member.Value)));
                    notes.Adapt($"{path}.{member.Name}", "What the model's code printed became text.");
                    isUnderstood = true;
                    break;
                case "toolCall" or "toolResponse":
                    notes.Refuse($"{path}.{member.Name}", "Tools that Google runs have no counterpart.");
                    isUnderstood = true;
                    break;
                default:
                    notes.Drop($"{path}.{member.Name}", GeminiRequestReader.NoCounterpart);
                    break;
            }
        }

        if (!isUnderstood && signature is not null)
            Signed(signature, into);
    }

    private void DropOthers(JsonElement element, string path, params ReadOnlySpan<string> known)
    {
        foreach (JsonProperty member in element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : default)
        {
            if (member.Value.ValueKind != JsonValueKind.Null && !known.Contains(GeminiNames.Camel(member.Name)))
                notes.Drop($"{path}.{member.Name}", GeminiRequestReader.NoCounterpart);
        }
    }

    private static void Text(string text, bool isThought, string? signature, List<ContentPart> into)
    {
        if (!isThought)
        {
            if (text.Length > 0)
                into.Add(new ContentPart.Text(text));
            if (signature is not null)
                Signed(signature, into);
            return;
        }

        if (signature is null)
        {
            if (text.Length > 0)
                into.Add(new ContentPart.Thinking(text, null, ""));
            return;
        }

        (string value, string vendor, bool isRedacted) = ThoughtSeal.Open(signature);
        if (isRedacted)
            into.Add(new ContentPart.RedactedThinking(value, vendor));
        else
            into.Add(new ContentPart.Thinking(text, value, vendor));
    }

    /// <summary>A signature whose own part says nothing.</summary>
    private static void Signed(string signature, List<ContentPart> into)
    {
        (string value, string vendor, bool isRedacted) = ThoughtSeal.Open(signature);
        into.Add(isRedacted || vendor == ThoughtSeal.Google ? new ContentPart.RedactedThinking(value, vendor) : new ContentPart.Thinking("", value, vendor));
    }

    private ContentPart.ToolCall Call(JsonElement call, string? signature, int turn)
    {
        string name = call.TextOf("name") ?? "";
        string arguments = Arguments(call, isNew: name.Length > 0);
        // A piece without a name belongs to the call before it (and is joined to it).
        if (name.Length == 0)
            return new ContentPart.ToolCall("", "", arguments);
        var result = new ContentPart.ToolCall(calls.Opened(call.TextOf("id"), name, turn), name, arguments);
        if (signature is null || signature == ThoughtSeal.SkipValidation)
            return result;
        (string value, string vendor, _) = ThoughtSeal.Open(signature);
        return result with { Signature = value, Vendor = vendor };
    }

    /// <summary>The arguments as far as they are known: whole, or put together from the pieces a stream brought.</summary>
    private string Arguments(JsonElement call, bool isNew)
    {
        if (isNew)
            calls.Pieces = null;
        if (call.TryField("args", out JsonElement args))
            return args.ToRaw(body).ToString();
        if (call.TryField("partialArgs", out _) || call.IsTrue("willContinue"))
            calls.Pieces ??= new PartialArguments();
        foreach (JsonElement piece in call.ItemsOf("partialArgs"))
            calls.Pieces?.Add(piece);
        return calls.Pieces?.ToString() ?? "{}";
    }

    private ContentPart.ToolResult Response(JsonElement response, string path, int turn)
    {
        DropOthers(response, path, "id", "name", "response", "parts");
        var content = new List<ContentPart>();
        bool isError = false;
        if (response.TryField("response", out JsonElement value))
            (content, isError) = ResultText.Read(value, body);
        foreach (JsonElement part in response.ItemsOf("parts"))
        {
            DropOthers(part, $"{path}.parts", "inlineData", "fileData");
            if (part.TryField("inlineData", out JsonElement inline))
                content.Add(MediaReader.Inline(inline, body));
            else if (part.TryField("fileData", out JsonElement file))
                content.Add(MediaReader.File(file, body));
        }

        return new ContentPart.ToolResult(calls.Answered(response.TextOf("id"), response.TextOf("name") ?? "", turn), content, isError);
    }
}
