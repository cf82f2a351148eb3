using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>
/// What a value in a configuration may look like. One description serves three purposes: reading a value with every
/// problem reported, the JSON Schema, and the reference page; so they cannot drift apart.
/// </summary>
public abstract class Shape
{
    /// <summary>For people: <c>duration</c>, <c>list of text</c>.</summary>
    public abstract string Title { get; }

    /// <summary>The JSON Schema (2020-12) of the value; records are added to <paramref name="definitions"/> and referred to.</summary>
    internal abstract JsonObject Schema(JsonObject definitions);

    /// <summary>Records reachable from here, for the reference page.</summary>
    internal virtual IEnumerable<IRecordShape> Records() => [];
}

/// <summary>A shape whose values are read as <typeparamref name="T"/>.</summary>
public abstract class Shape<T> : Shape
{
    /// <summary>Reads a value. False = unusable, and the bag says why.</summary>
    internal abstract bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out T value);

    /// <summary>Reads the text of a scalar, or reports that something else stands there.</summary>
    private protected bool TryText(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out string text)
    {
        text = null;
        if (node is ScalarNode { IsNull: false } scalar)
        {
            text = scalar.Value;
            return true;
        }
        bag.Add(DiagnosticCodes.WrongType, node.Mark, path, node is ScalarNode ? $"has no value; expected {Title}" : $"expected {Title}, found {node.Kind}");
        return false;
    }
}
