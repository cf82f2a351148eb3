using Weir.Core.Expressions.Evaluation;

namespace Weir.Core.Expressions;

/// <summary>A map as expressions see it. Keys are bool, int, uint or string; 1 and 1u are the same key, as in CEL.</summary>
public abstract class ValueMap
{
    public abstract int Count { get; }

    /// <summary>The value under <paramref name="key"/>; false when there is none.</summary>
    public abstract bool TryGet(in Value key, out Value value);

    /// <summary>The keys in an order that does not change: an expression has one result for one input.</summary>
    public abstract Value KeyAt(int index);

    /// <summary>A view of <paramref name="entries"/>, which must not change while an expression reads it. Keys come in ordinal order.</summary>
    public static ValueMap Of(IReadOnlyDictionary<string, string> entries) => new StringMap(entries);

    /// <summary>A map of <paramref name="keys"/> to the values beside them; null when two keys are equal or one is of no key type.</summary>
    internal static ValueMap? Of(Value[] keys, Value[] values)
    {
        var index = new Dictionary<Value, int>(keys.Length, MapKeys.Comparer);
        for (var i = 0; i < keys.Length; i++)
        {
            if (!MapKeys.IsKey(keys[i]) || !index.TryAdd(keys[i], i))
                return null;
        }
        return new EntryMap(keys, values, index);
    }

    public override string ToString()
    {
        var map = this;
        return $"{{{string.Join(", ", Enumerable.Range(0, Count).Select(i => map.KeyAt(i)).Select(k => $"{k}: {(map.TryGet(k, out var v) ? v : default)}"))}}}";
    }

    private sealed class EntryMap(Value[] keys, Value[] values, Dictionary<Value, int> index) : ValueMap
    {
        public override int Count => keys.Length;

        public override Value KeyAt(int i) => keys[i];

        public override bool TryGet(in Value key, out Value value)
        {
            var found = index.TryGetValue(key, out var at);
            value = found ? values[at] : default;
            return found;
        }
    }

    private sealed class StringMap(IReadOnlyDictionary<string, string> entries) : ValueMap
    {
        private string[]? _keys;

        public override int Count => entries.Count;

        public override Value KeyAt(int index) => Value.Of((_keys ??= [.. entries.Keys.Order(StringComparer.Ordinal)])[index]);

        public override bool TryGet(in Value key, out Value value)
        {
            value = key.Kind == ValueKind.String && entries.TryGetValue(key.AsString, out var text) ? Value.Of(text) : default;
            return value.Kind != ValueKind.Absent;
        }
    }
}
