using Weir.Core.Expressions;

namespace Weir.Core.Tests.Expressions;

/// <summary>A vocabulary as a route would have it, and an activation that keeps count of what it was asked for.</summary>
internal sealed class SampleActivation : IActivation
{
    public static readonly Vocabulary Vocabulary = Vocabulary.Create()
        .Add("n", ExpressionType.Int, "a number")
        .Add("name", ExpressionType.String, "a name", size: 64)
        .Add("now", ExpressionType.Timestamp, "a time")
        .Add("labels", ExpressionType.MapOf(ExpressionType.String, ExpressionType.String), "labels")
        .Add("items", ExpressionType.ListOf(ExpressionType.Int), "numbers", size: 3)
        .Add("caller.tenant", ExpressionType.String, "the tenant")
        .Add("caller.absent", ExpressionType.String, "nothing")
        .Add("a.b", ExpressionType.MapOf(ExpressionType.String, ExpressionType.String), "a map")
        .Add("a.b.c", ExpressionType.String, "a longer name")
        .Build();

    private static readonly ValueMap Labels = ValueMap.Of(new Dictionary<string, string> { ["team"] = "core", ["with-dash"] = "yes" });
    private static readonly ValueMap Shorter = ValueMap.Of(new Dictionary<string, string> { ["c"] = "oops" });

    public List<string> Asked { get; } = [];

    /// <summary>Answers for variables that differ from the usual ones.</summary>
    public Dictionary<string, Value> Instead { get; } = [];

    public Value Read(Variable variable)
    {
        Asked.Add(variable.Name);
        if (Instead.TryGetValue(variable.Name, out var value))
            return value;
        return variable.Name switch
        {
            "n" => Value.Of(21L),
            "name" => Value.Of("gpt"),
            "now" => Value.Of(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero)),
            "labels" => Value.Of(Labels),
            "items" => Value.Of(ValueList.Of(Value.Of(1L), Value.Of(2L), Value.Of(3L))),
            "caller.tenant" => Value.Of("acme"),
            "a.b" => Value.Of(Shorter),
            "a.b.c" => Value.Of("longest"),
            _ => Value.Absent,
        };
    }
}
