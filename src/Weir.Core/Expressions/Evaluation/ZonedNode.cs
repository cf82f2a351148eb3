namespace Weir.Core.Expressions.Evaluation;

/// <summary><c>timestamp.getHours("Europe/Berlin")</c> and its like: the part of what the clocks there show.</summary>
internal sealed class ZonedNode(Node timestamp, TimeZoneInfo zone, FunctionBody part) : Node
{
    public override Value Evaluate(ref EvaluationFrame frame)
    {
        var value = timestamp.Evaluate(ref frame);
        if (value.Kind != ValueKind.Timestamp)
            return value.IsError ? value : Value.Failed(EvaluationError.NoSuchOverload);
        var local = Time.Move(value, (Int128)zone.GetUtcOffset(Time.ToSecond(value)).Ticks * TimeSpan.NanosecondsPerTick);
        return local.IsError ? local : part(local, default, ref frame);
    }
}
