namespace Weir.Core.Expressions;

/// <summary>A list as expressions see it: read by position, never copied.</summary>
public abstract class ValueList
{
    public abstract int Count { get; }

    /// <summary>The item at <paramref name="index"/>, which is from 0 to <see cref="Count"/> - 1.</summary>
    public abstract Value this[int index] { get; }

    public static ValueList Of(params Value[] items) => new ArrayList(items);

    /// <summary>A view of <paramref name="items"/>, which must not change while an expression reads it.</summary>
    public static ValueList Of(IReadOnlyList<string> items) => new StringList(items);

    public override string ToString()
    {
        var list = this;
        return $"[{string.Join(", ", Enumerable.Range(0, Count).Select(i => list[i].ToString()))}]";
    }

    private sealed class ArrayList(Value[] items) : ValueList
    {
        public override int Count => items.Length;

        public override Value this[int index] => items[index];
    }

    private sealed class StringList(IReadOnlyList<string> items) : ValueList
    {
        public override int Count => items.Count;

        public override Value this[int index] => Value.Of(items[index]);
    }
}
