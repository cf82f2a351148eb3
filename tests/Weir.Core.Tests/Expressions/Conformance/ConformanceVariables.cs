using Weir.Core.Expressions;
using Weir.Core.Expressions.Syntax;

namespace Weir.Core.Tests.Expressions.Conformance;

/// <summary>The variables that a test declares and binds.</summary>
internal sealed class ConformanceVariables : IActivation
{
    private readonly Vocabulary.Builder _names = Vocabulary.Create();
    private readonly HashSet<string> _declared = [];
    private readonly Dictionary<string, Value> _values = [];

    private ConformanceVariables()
    {
    }

    public Vocabulary Names => _names.Build();

    /// <summary>The variables, or what they need that is outside the subset.</summary>
    public static (ConformanceVariables? Variables, string Outside) Of(ConformanceCase test)
    {
        var variables = new ConformanceVariables();
        foreach (var declaration in test.Declarations)
        {
            var name = declaration.GetProperty("name").GetString()!;
            if (!declaration.TryGetProperty("ident", out var variable))
                return (null, "functions that the test declares");
            if (test.Container.Length > 0 && name.StartsWith(test.Container + ".", StringComparison.Ordinal))
                return (null, ConformanceRun.Namespaced);
            if (ConformanceValues.Type(variable.GetProperty("type")) is not { } type)
                return (null, "variables that hold messages, wrappers or bytes");
            variables.Declare(name, type);
        }
        foreach (var (name, bound) in test.Bindings)
        {
            if (ConformanceValues.Value(bound) is not { } value)
                return (null, "variables that hold messages, wrappers or bytes");
            variables._values[name] = value;
            variables.Declare(name, ExpressionType.Dyn);
        }
        return (variables, "");
    }

    public Value Read(Variable variable) => _values.GetValueOrDefault(variable.Name);

    // A test declares "true" to show that the literal wins.
    private void Declare(string name, ExpressionType type)
    {
        if (name.Split('.').All(Words.IsIdentifier) && _declared.Add(name))
            _names.Add(name, type, "");
    }
}
