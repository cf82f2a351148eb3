namespace Weir.Core.Expressions;

/// <summary>
/// The names an expression may use, with their types. A dotted name is one variable, resolved by its longest declared
/// prefix: an expression that reads <c>caller.tenant</c> asks the activation for nothing else of the caller.
/// </summary>
public sealed class Vocabulary
{
    private readonly Dictionary<string, Variable> _byName;
    private readonly HashSet<string> _groups = [];

    private Vocabulary(IReadOnlyList<Variable> variables)
    {
        Variables = variables;
        _byName = variables.ToDictionary(v => v.Name, StringComparer.Ordinal);
        foreach (var name in _byName.Keys)
        {
            for (var dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
                _groups.Add(name[..dot]);
        }
    }

    /// <summary>No names at all: expressions of literals.</summary>
    public static Vocabulary Empty { get; } = new([]);

    /// <summary>All variables, by <see cref="Variable.Index"/>.</summary>
    public IReadOnlyList<Variable> Variables { get; }

    public static Builder Create() => new();

    public Variable? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Whether <paramref name="name"/> is the beginning of dotted names: <c>caller</c> of <c>caller.tenant</c>.</summary>
    public bool IsGroup(string name) => _groups.Contains(name);

    /// <summary>Collects variables. A mistake here is a mistake of the program, hence exceptions.</summary>
    public sealed class Builder
    {
        private readonly List<Variable> _variables = [];

        /// <summary>Declares a variable.</summary>
        /// <param name="name">Identifiers joined by dots.</param>
        /// <param name="type">Its type.</param>
        /// <param name="description">What it holds, for the documentation.</param>
        /// <param name="size">Items or characters it holds at most, if that is known: it makes cost estimates tighter.</param>
        /// <exception cref="ArgumentException">The name is not one, or is taken.</exception>
        public Builder Add(string name, ExpressionType type, string description, int? size = null)
        {
            ArgumentNullException.ThrowIfNull(name);
            if (!name.Split('.').All(Syntax.Words.IsIdentifier))
                throw new ArgumentException($"'{name}' is not a name", nameof(name));
            if (_variables.Exists(v => v.Name == name))
                throw new ArgumentException($"'{name}' is declared twice", nameof(name));
            _variables.Add(new Variable(name, type, description, _variables.Count, size));
            return this;
        }

        public Vocabulary Build() => new([.. _variables]);
    }
}
