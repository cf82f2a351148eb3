namespace Weir.Core.Expressions.Evaluation;

/// <summary>Keys of maps: bool, int, uint, string. Looking up goes by value across the kinds of numbers: 1, 1u and 1.0 find the same.</summary>
internal sealed class MapKeys : IEqualityComparer<Value>
{
    public static readonly MapKeys Comparer = new();

    public static bool IsKey(in Value value) => value.Kind is ValueKind.Bool or ValueKind.Int or ValueKind.Uint or ValueKind.String;

    public bool Equals(Value x, Value y) =>
        x.Kind == ValueKind.String ? y.Kind == ValueKind.String && x.AsString == y.AsString
        : x.Kind == ValueKind.Bool ? y.Kind == ValueKind.Bool && x.AsBool == y.AsBool
        : ValueOrder.AreEqualNumbers(x, y);

    public int GetHashCode(Value key) => key.Kind switch
    {
        ValueKind.String => key.AsString.GetHashCode(StringComparison.Ordinal),
        ValueKind.Bool => key.AsBool ? 1 : 2,
        ValueKind.Int => ((double)key.AsInt).GetHashCode(),
        ValueKind.Uint => ((double)key.AsUint).GetHashCode(),
        ValueKind.Double => (key.AsDouble + 0.0).GetHashCode(),
        _ => 0,
    };
}
