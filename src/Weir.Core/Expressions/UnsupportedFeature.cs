using System.Collections.Frozen;

namespace Weir.Core.Expressions;

/// <summary>
/// Something of CEL, or of its extension libraries, that Weir's subset leaves out. An expression that uses it is refused by
/// its name; the reference lists these, and the conformance tests count what they keep out.
/// </summary>
/// <param name="Name">What it is called: "has no …".</param>
/// <param name="Written">How it is written, for the documentation.</param>
public sealed record UnsupportedFeature(string Name, string Written)
{
    public static readonly UnsupportedFeature Bytes = new("bytes", "`b'…'`, `bytes(x)`");
    public static readonly UnsupportedFeature Messages = new("messages", "`Name{field: value}`; with them wrappers, enums and the namespaces of their names");
    public static readonly UnsupportedFeature TypeValues = new("type values", "`type(x)`, and `int`, `string`, … as values");
    public static readonly UnsupportedFeature LeadingDots = new("names with a leading dot", "`.name`");
    public static readonly UnsupportedFeature QuotedFields = new("fields in backticks", "``x.`a-b` ``: write `x[\"a-b\"]`");
    public static readonly UnsupportedFeature Optionals = new("optional values", "`x.?field`, `x[?key]`, `[?x]`, `{?key: x}`, `optional.of(x)`");
    public static readonly UnsupportedFeature TwoVariableMacros = new("macros with two variables", "`all`, `exists`, `existsOne`, `transformList`, `transformMap` and `transformMapEntry` over `(k, v, …)`");
    public static readonly UnsupportedFeature Strings = new("strings extension but lowerAscii()", "`x.split(y)`, `x.format(y)`, …");
    public static readonly UnsupportedFeature Math = new("math extension", "`math.greatest(x, y)`, …");
    public static readonly UnsupportedFeature Encoders = new("encoders extension", "`base64.encode(x)`, …");
    public static readonly UnsupportedFeature Bindings = new("bindings or blocks", "`cel.bind(x, y, z)`, `cel.block(…)`");
    public static readonly UnsupportedFeature Protobuf = new("extension fields", "`proto.getExt(x, y)`, …");

    private static readonly FrozenDictionary<string, UnsupportedFeature> Functions = Named(
        (Bytes, ["bytes"]),
        (TypeValues, ["type"]),
        (Optionals, ["optMap", "optFlatMap", "hasValue", "orValue"]),
        (TwoVariableMacros, ["existsOne", "transformList", "transformMap", "transformMapEntry"]),
        (Strings, ["charAt", "format", "indexOf", "join", "lastIndexOf", "replace", "reverse", "split", "substring", "trim", "upperAscii"]));

    private static readonly FrozenDictionary<string, UnsupportedFeature> Namespaces = Named(
        (Optionals, ["optional"]), (Strings, ["strings"]), (Math, ["math"]), (Encoders, ["base64"]), (Bindings, ["cel"]), (Protobuf, ["proto"]));

    private static readonly FrozenSet<string> TypeNames =
        FrozenSet.Create("bool", "bytes", "double", "int", "list", "map", "null_type", "string", "type", "uint");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<UnsupportedFeature> All { get; } =
        [Bytes, Messages, TypeValues, LeadingDots, QuotedFields, Optionals, TwoVariableMacros, Strings, Math, Encoders, Bindings, Protobuf];

    /// <summary>What a function of this name belongs to; null when CEL has none.</summary>
    internal static UnsupportedFeature? Function(string name) => Functions.GetValueOrDefault(name);

    /// <summary>What functions belong to that are written <c>name.function()</c>; null when CEL has none.</summary>
    internal static UnsupportedFeature? Namespace(string name) => Namespaces.GetValueOrDefault(name);

    /// <summary>What a name without brackets belongs to; null when it means nothing in CEL.</summary>
    internal static UnsupportedFeature? Constant(string name) => TypeNames.Contains(name) ? TypeValues : null;

    /// <summary>The refusal.</summary>
    internal ExpressionFault At(TextSpan span) =>
        new(ExpressionFaultKind.Unsupported, $"Weir's subset of CEL has no {Name}", span) { Feature = this };

    private static FrozenDictionary<string, UnsupportedFeature> Named(params (UnsupportedFeature Feature, string[] Names)[] features) =>
        features.SelectMany(f => f.Names.Select(n => (n, f.Feature))).ToFrozenDictionary(f => f.n, f => f.Feature);
}
