using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>One key of a record: its name, meaning, shape and default.</summary>
public abstract class Field(string name, string description, bool required, string? defaultText)
{
    public string Name { get; } = name;
    public string Description { get; } = description;
    public bool Required { get; } = required;

    /// <summary>What applies when the key is left out, as it would be written; null = nothing.</summary>
    public string? Default { get; } = defaultText;

    /// <summary>The shape of the value; null = reserved for a later version.</summary>
    public abstract Shape? Shape { get; }
}

internal abstract class Field<T>(string name, string description, bool required, string? defaultText)
    : Field(name, description, required, defaultText)
{
    internal abstract void Read(ref T target, Node node, string path, DiagnosticBag bag);
}

internal sealed class ValueField<T, TValue>(
    string name, Shape<TValue> shape, string description, Func<T, TValue, T> set, bool required, string? defaultText)
    : Field<T>(name, description, required, defaultText)
{
    public override Shape Shape => shape;

    internal override void Read(ref T target, Node node, string path, DiagnosticBag bag)
    {
        if (shape.TryRead(node, path, bag, out var value))
            target = set(target, value);
    }
}

internal sealed class ReservedField<T>(string name, string description) : Field<T>(name, description, false, null)
{
    public override Shape? Shape => null;

    internal override void Read(ref T target, Node node, string path, DiagnosticBag bag) =>
        bag.Add(DiagnosticCodes.NotYet, path, $"'{Name}' is not available in this version yet", "remove it");
}
