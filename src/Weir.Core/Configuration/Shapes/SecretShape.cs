using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>A reference to a secret. Text in its place is a secret in the file, and said so without repeating it.</summary>
internal sealed class SecretShape : Shape<SecretRef>
{
    private static readonly RecordShape<SecretRef> Record = new RecordShape<SecretRef>("secret", "Where a secret is kept. The secret itself never stands in the file.", new SecretRef())
        .Optional("fromEnv", new TextShape(), "Name of the environment variable that holds it.", (s, v) => s with { FromEnv = v })
        .Optional("fromFile", new TextShape(), "Path of the file that holds it (surrounding whitespace is removed), relative to the configuration file. Re-read when it changes.", (s, v) => s with { FromFile = v })
        .Reserved("fromSecret", "Name and key of a Kubernetes secret.")
        .ExactlyOneOf("fromEnv", "fromFile");

    public override string Title => "secret";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out SecretRef value)
    {
        value = null;
        if (node is not ScalarNode { IsNull: false } scalar)
            return Record.TryRead(node, path, bag, out value);
        var hint = scalar.Value.TrimStart('$', '{') is var name && scalar.Value.StartsWith('$') && name.TrimEnd('}') is { Length: > 0 and < 100 } variable
            ? $"write {{fromEnv: {Printable.Show(variable)}}}"
            : "write {fromEnv: NAME} or {fromFile: PATH}";
        bag.Add(DiagnosticCodes.LiteralSecret, node.Mark, path, "a secret must be given by reference, not as text", hint);
        return false;
    }

    internal override JsonObject Schema(JsonObject definitions) => Record.Schema(definitions);

    internal override IEnumerable<IRecordShape> Records() => Record.Records();
}
