namespace Weir.Core.Expressions.Evaluation;

/// <summary>
/// A macro's loop over the items of a list or the keys of a map. Each round pays for its body, so that the budget bounds
/// nested loops whatever the sizes are.
/// </summary>
internal abstract class Loop(Node range, int slot, int roundCost) : Node
{
    public sealed override Value Evaluate(ref EvaluationFrame frame)
    {
        var items = range.Evaluate(ref frame);
        if (items.Kind is not (ValueKind.List or ValueKind.Map))
            return items.IsError ? items : Value.Failed(EvaluationError.NoSuchOverload);
        return Run(new Items(items), ref frame);
    }

    protected abstract Value Run(Items items, ref EvaluationFrame frame);

    /// <summary>Begins a round. False when the budget is exhausted.</summary>
    protected bool Begin(Items items, int index, ref EvaluationFrame frame)
    {
        if (!frame.Charge(roundCost))
            return false;
        frame.SetLocal(slot, items[index]);
        return true;
    }

    protected static Value Exhausted => Value.Failed(EvaluationError.BudgetExhausted);

    protected static Value Unusable(in Value condition) => condition.IsError ? condition : Value.Failed(EvaluationError.NoSuchOverload);

    protected readonly record struct Items(Value Source)
    {
        public int Count => Source.Kind == ValueKind.List ? Source.AsList.Count : Source.AsMap.Count;

        public Value this[int index] => Source.Kind == ValueKind.List ? Source.AsList[index] : Source.AsMap.KeyAt(index);
    }
}

/// <summary>all() and exists(): the items joined by <c>&amp;&amp;</c> or <c>||</c>, errors absorbed alike.</summary>
internal sealed class QuantifierLoop(Node range, int slot, int roundCost, Node body, bool isAll) : Loop(range, slot, roundCost)
{
    protected override Value Run(Items items, ref EvaluationFrame frame)
    {
        Value error = default;
        for (var i = 0; i < items.Count; i++)
        {
            if (!Begin(items, i, ref frame))
                return Exhausted;
            var value = body.Evaluate(ref frame);
            if (value.Kind == ValueKind.Bool && value.AsBool != isAll)
                return value;
            if (value.Kind != ValueKind.Bool && !error.IsError)
                error = Unusable(value);
        }
        return error.IsError ? error : Value.Of(isAll);
    }
}

/// <summary>exists_one(): true for exactly one item. An error in any round is the result.</summary>
internal sealed class ExistsOneLoop(Node range, int slot, int roundCost, Node body) : Loop(range, slot, roundCost)
{
    protected override Value Run(Items items, ref EvaluationFrame frame)
    {
        var found = 0;
        for (var i = 0; i < items.Count; i++)
        {
            if (!Begin(items, i, ref frame))
                return Exhausted;
            var value = body.Evaluate(ref frame);
            if (value.Kind != ValueKind.Bool)
                return Unusable(value);
            found += value.AsBool ? 1 : 0;
        }
        return Value.Of(found == 1);
    }
}

/// <summary>filter() and map(): a new list of the items, or of results, for which the condition holds.</summary>
internal sealed class CollectLoop(Node range, int slot, int roundCost, Node? condition, Node? result) : Loop(range, slot, roundCost)
{
    protected override Value Run(Items items, ref EvaluationFrame frame)
    {
        var collected = new List<Value>();
        for (var i = 0; i < items.Count; i++)
        {
            if (!Begin(items, i, ref frame))
                return Exhausted;
            if (condition is not null)
            {
                var holds = condition.Evaluate(ref frame);
                if (holds.Kind != ValueKind.Bool)
                    return Unusable(holds);
                if (!holds.AsBool)
                    continue;
            }
            var value = result is null ? items[i] : result.Evaluate(ref frame);
            if (value.IsError)
                return value;
            collected.Add(value);
        }
        return Value.Of(ValueList.Of([.. collected]));
    }
}
