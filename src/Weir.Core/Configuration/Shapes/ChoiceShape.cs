using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>One of a fixed set of words.</summary>
internal sealed class ChoiceShape<T>(string title, DiagnosticCode refused, params (string Word, T Value)[] choices) : Shape<T>
{
    public override string Title { get; } = title;

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (!TryText(node, path, bag, out var text))
            return false;
        foreach (var (word, meaning) in choices)
        {
            if (word == text)
            {
                value = meaning;
                return true;
            }
        }
        bag.Add(refused, node.Mark, path, $"'{Printable.Show(text)}' is not a known {Title}", DidYouMean.Hint(text, [.. choices.Select(c => c.Word)]));
        return false;
    }

    internal override JsonObject Schema(JsonObject definitions) => new()
    {
        ["type"] = "string",
        ["enum"] = new JsonArray([.. choices.Select(c => (JsonNode)JsonValue.Create(c.Word)!)]),
    };
}
