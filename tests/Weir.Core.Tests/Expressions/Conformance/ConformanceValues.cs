using System.Globalization;
using System.Text.Json;
using Weir.Core.Expressions;
using Weir.Core.Expressions.Evaluation;
using Result = Weir.Core.Expressions.Value;

namespace Weir.Core.Tests.Expressions.Conformance;

/// <summary>Values and types of the suite (cel.expr.Value, cel.expr.Type as JSON) as Weir's; null for what Weir's subset has none of.</summary>
internal static class ConformanceValues
{
    private const string TypeUrl = "type.googleapis.com/google.protobuf.";

    public static Value? Value(JsonElement value)
    {
        var member = value.EnumerateObject().First();
        return member.Name switch
        {
            "nullValue" => Result.Null,
            "boolValue" => Result.Of(member.Value.GetBoolean()),
            "int64Value" => Result.Of(long.Parse(member.Value.GetString()!, CultureInfo.InvariantCulture)),
            "uint64Value" => Result.Of(ulong.Parse(member.Value.GetString()!, CultureInfo.InvariantCulture)),
            "doubleValue" => Result.Of(Double(member.Value)),
            "stringValue" => Result.Of(member.Value.GetString()),
            "listValue" => List(member.Value),
            "mapValue" => Map(member.Value),
            "objectValue" => Time(member.Value),
            _ => null,
        };
    }

    public static ExpressionType? Type(JsonElement type)
    {
        var member = type.EnumerateObject().First();
        return member.Name switch
        {
            "null" => ExpressionType.Null,
            "dyn" => ExpressionType.Dyn,
            "primitive" or "wellKnown" or "messageType" => Named(member.Value.GetString()!),
            "listType" => Inner(member.Value, "elemType") is { } element ? ExpressionType.ListOf(element) : null,
            "mapType" => Inner(member.Value, "keyType") is { } key && Inner(member.Value, "valueType") is { } element ? ExpressionType.MapOf(key, element) : null,
            _ => null,
        };
    }

    /// <summary>Whether two values are the same: kinds too, and NaN is itself here.</summary>
    public static bool AreSame(Value a, Value b) => a.Kind == b.Kind && a.Kind switch
    {
        ValueKind.Double => a.AsDouble.Equals(b.AsDouble),
        ValueKind.List => a.AsList.Count == b.AsList.Count && Enumerable.Range(0, a.AsList.Count).All(i => AreSame(a.AsList[i], b.AsList[i])),
        ValueKind.Map => a.AsMap.Count == b.AsMap.Count && Enumerable.Range(0, a.AsMap.Count).Select(i => a.AsMap.KeyAt(i))
            .All(k => a.AsMap.TryGet(k, out var x) && b.AsMap.TryGet(k, out var y) && AreSame(x, y)),
        _ => a.ToString() == b.ToString(),
    };

    private static ExpressionType? Inner(JsonElement type, string name) => Type(type.GetProperty(name));

    private static ExpressionType? Named(string name) => name switch
    {
        "BOOL" => ExpressionType.Bool,
        "INT64" => ExpressionType.Int,
        "UINT64" => ExpressionType.Uint,
        "DOUBLE" => ExpressionType.Double,
        "STRING" => ExpressionType.String,
        "DURATION" or "google.protobuf.Duration" => ExpressionType.Duration,
        "TIMESTAMP" or "google.protobuf.Timestamp" => ExpressionType.Timestamp,
        _ => null,
    };

    // Protobuf's JSON writes what JSON has no number for as text.
    private static double Double(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number ? number.GetDouble() : double.Parse(number.GetString()!, CultureInfo.InvariantCulture);

    private static Value? List(JsonElement list)
    {
        var items = list.TryGetProperty("values", out var values) ? values.EnumerateArray().Select(Value).ToList() : [];
        return items.Contains(null) ? null : Result.Of(ValueList.Of([.. items.Select(i => i!.Value)]));
    }

    private static Value? Map(JsonElement map)
    {
        var entries = map.TryGetProperty("entries", out var found) ? found.EnumerateArray().ToList() : [];
        List<Value?> keys = [.. entries.Select(e => Value(e.GetProperty("key")))], values = [.. entries.Select(e => Value(e.GetProperty("value")))];
        return keys.Contains(null) || values.Contains(null) || ValueMap.Of([.. keys.Select(k => k!.Value)], [.. values.Select(v => v!.Value)]) is not { } made
            ? null
            : Result.Of(made);
    }

    private static Value? Time(JsonElement message) => message.GetProperty("@type").GetString() switch
    {
        TypeUrl + "Duration" => Read(DurationText.Parse, message),
        TypeUrl + "Timestamp" => Read(TimestampText.Parse, message),
        _ => null,
    };

    // Both are written in JSON as the language's own functions read them.
    private static Value Read(Func<ReadOnlySpan<char>, Value> parse, JsonElement message) => parse(message.GetProperty("value").GetString());
}
