using System.Text.Json;

namespace Weir.Core.Tests.Expressions.Conformance;

/// <summary>One test of the public conformance suite: cel.expr.conformance.test.SimpleTest as JSON (cel-spec, simple.proto).</summary>
internal sealed class ConformanceCase(JsonElement test)
{
    public string Suite => Text("suite");

    public string Section => Text("section");

    public string Expression => Text("expr");

    /// <summary>The namespace that names are resolved in; empty for none.</summary>
    public string Container => test.TryGetProperty("container", out var container) ? container.GetString()! : "";

    /// <summary>Variables and functions it declares.</summary>
    public IReadOnlyList<JsonElement> Declarations => test.TryGetProperty("typeEnv", out var declarations) ? [.. declarations.EnumerateArray()] : [];

    /// <summary>What its variables hold.</summary>
    public IReadOnlyList<(string Name, JsonElement Value)> Bindings => test.TryGetProperty("bindings", out var bindings)
        ? [.. bindings.EnumerateObject().Select(b => (b.Name, b.Value.GetProperty("value")))]
        : [];

    /// <summary>Whether CEL's own type check would refuse the expression, and the test switches it off.</summary>
    public bool IsUnchecked => Flag("disableCheck");

    /// <summary>Whether only the type is asked for.</summary>
    public bool IsCheckOnly => Flag("checkOnly");

    /// <summary>Whether the evaluation must fail.</summary>
    public bool Fails => test.TryGetProperty("evalError", out _);

    /// <summary>The result; null stands for true, as the suite has it, or for none when only the type is asked for.</summary>
    public JsonElement? Result => test.TryGetProperty("value", out var value) || Typed("result", out value) ? value : null;

    /// <summary>The type that a checker must find, if the test asks for one.</summary>
    public JsonElement? DeducedType => Typed("deducedType", out var type) ? type : null;

    public override string ToString() => $"{Suite}/{Section}/{Text("name")}";

    private bool Typed(string name, out JsonElement found)
    {
        found = default;
        return test.TryGetProperty("typedResult", out var typed) && typed.TryGetProperty(name, out found);
    }

    private string Text(string name) => test.GetProperty(name).GetString()!;

    private bool Flag(string name) => test.TryGetProperty(name, out var flag) && flag.GetBoolean();
}
