namespace Weir.Core.Expressions.Binding;

/// <summary>The items of the loops around a place, innermost last; each hides variables and outer items of its name.</summary>
internal sealed class Scope
{
    private readonly List<(string Name, ExpressionType Type, long Size)> _locals = [];

    public int Depth => _locals.Count;

    public void Push(string name, ExpressionType type, long size) => _locals.Add((name, type, size));

    public void Pop() => _locals.RemoveAt(_locals.Count - 1);

    /// <summary>The slot, type and size of the item called <paramref name="name"/>, or null.</summary>
    public (int Slot, ExpressionType Type, long Size)? Find(string name)
    {
        var slot = _locals.FindLastIndex(l => l.Name == name);
        return slot < 0 ? null : (slot, _locals[slot].Type, _locals[slot].Size);
    }
}
