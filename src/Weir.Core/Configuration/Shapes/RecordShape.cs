using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>A mapping with known keys, read into an immutable record. Unknown keys are errors.</summary>
public sealed class RecordShape<T>(string title, string description, T empty) : Shape<T>, IRecordShape
{
    private readonly List<Field<T>> _fields = [];
    private readonly List<string[]> _exactlyOne = [];

    public override string Title { get; } = title;
    public string Description { get; } = description;
    IReadOnlyList<Field> IRecordShape.Fields => _fields;

    /// <summary>An optional key.</summary>
    public RecordShape<T> Optional<TValue>(string name, Shape<TValue> shape, string description, Func<T, TValue, T> set, string? defaultText = null)
    {
        _fields.Add(new ValueField<T, TValue>(name, shape, description, set, false, defaultText));
        return this;
    }

    /// <summary>A key that must be there.</summary>
    public RecordShape<T> Required<TValue>(string name, Shape<TValue> shape, string description, Func<T, TValue, T> set)
    {
        _fields.Add(new ValueField<T, TValue>(name, shape, description, set, true, null));
        return this;
    }

    /// <summary>A key whose name is taken for a later version: refused with its own code.</summary>
    public RecordShape<T> Reserved(string name, string description)
    {
        _fields.Add(new ReservedField<T>(name, description));
        return this;
    }

    /// <summary>Exactly one of these keys must be given.</summary>
    public RecordShape<T> ExactlyOneOf(params string[] names)
    {
        _exactlyOne.Add(names);
        return this;
    }

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out T value) =>
        TryRead(node, path, bag, null, out value);

    /// <summary>As above, with one more key that somebody else reads (an entry's <c>name</c>).</summary>
    internal bool TryRead(Node node, string path, DiagnosticBag bag, string? alsoKnown, [MaybeNullWhen(false)] out T value)
    {
        value = empty;
        if (node is not MappingNode mapping)
        {
            bag.Add(DiagnosticCodes.WrongType, node.Mark, path, $"expected a mapping ({Title}), found {node.Kind}");
            return false;
        }
        foreach (var (key, child) in mapping.Entries)
        {
            if (key.Value == alsoKnown)
                continue;
            var childPath = path.Length == 0 ? key.Value : $"{path}.{key.Value}";
            if (_fields.Find(f => f.Name == key.Value) is not { } field)
            {
                ReportUnknown(key, child, childPath, alsoKnown, bag);
                continue;
            }
            // A value that begins on a later line is named by its key's line: that is where people look.
            var atKey = field.Shape is null || child is ScalarNode { IsNull: true } || child.Mark.Line > key.Mark.Line;
            bag.Marks.Set(childPath, atKey ? key.Mark : child.Mark);
            field.Read(ref value, child, childPath, bag);
        }
        ReportMissing(mapping, path, bag);
        return true;
    }

    internal override JsonObject Schema(JsonObject definitions)
    {
        if (!definitions.ContainsKey(Title))
        {
            definitions[Title] = new JsonObject(); // holds the place while fields refer back
            definitions[Title] = WriteSchema(definitions, []);
        }
        return new JsonObject { ["$ref"] = $"#/$defs/{Title}" };
    }

    internal JsonObject WriteSchema(JsonObject definitions, IEnumerable<(string Name, JsonObject Schema)> before)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var (name, schema) in before)
        {
            properties[name] = schema;
            required.Add((JsonNode)name);
        }
        foreach (var field in _fields.Where(f => f.Shape is not null))
        {
            var schema = field.Shape!.Schema(definitions);
            schema["description"] = field.Default is null ? field.Description : $"{field.Description} Default: {field.Default}.";
            properties[field.Name] = schema;
            if (field.Required)
                required.Add((JsonNode)field.Name);
        }
        var result = new JsonObject
        {
            ["type"] = "object",
            ["description"] = Description,
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
        if (required.Count > 0)
            result["required"] = required;
        foreach (var names in _exactlyOne)
            result["oneOf"] = new JsonArray([.. names.Select(n => (JsonNode)new JsonObject { ["required"] = new JsonArray(n) })]);
        return result;
    }

    internal override IEnumerable<IRecordShape> Records() => [this, .. _fields.SelectMany(f => f.Shape?.Records() ?? [])];

    private void ReportUnknown(ScalarNode key, Node child, string path, string? alsoKnown, DiagnosticBag bag)
    {
        if (child is ScalarNode { IsNull: false } && LiteralSecret.IsSecretName(key.Value))
        {
            bag.Add(DiagnosticCodes.LiteralSecret, key.Mark, path, $"'{key.Value}' would hold a secret in the file", "write credential: {fromEnv: NAME} and set that environment variable");
            return;
        }
        string[] known = [.. alsoKnown is null ? [] : new[] { alsoKnown }, .. _fields.Where(f => f.Shape is not null).Select(f => f.Name)];
        bag.Add(DiagnosticCodes.UnknownKey, key.Mark, Printable.Show(path), $"unknown key '{Printable.Show(key.Value)}' in {Title}", DidYouMean.Hint(key.Value, known));
    }

    private void ReportMissing(MappingNode mapping, string path, DiagnosticBag bag)
    {
        foreach (var field in _fields)
        {
            if (field.Required && mapping.Find(field.Name) is null)
                bag.Add(DiagnosticCodes.Missing, mapping.Mark, path, $"'{field.Name}' is missing", field.Description);
        }
        foreach (var names in _exactlyOne)
        {
            var given = names.Count(n => mapping.Find(n) is not null);
            if (given != 1 && !_fields.Any(f => f.Shape is null && mapping.Find(f.Name) is not null))
                bag.Add(DiagnosticCodes.ExactlyOne, mapping.Mark, path, $"{(given == 0 ? "needs" : "may have only")} one of {string.Join(", ", names)}");
        }
    }
}
