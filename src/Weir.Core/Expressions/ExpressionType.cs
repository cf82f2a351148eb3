namespace Weir.Core.Expressions;

/// <summary>The kinds of <see cref="ExpressionType"/>.</summary>
public enum TypeKind
{
    /// <summary>Known only when it is evaluated, such as an item of <c>[1, "a"]</c>.</summary>
    Dyn,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    List,
    Map,
    Duration,
    Timestamp,
}

/// <summary>A type, as the checker knows it. Compared by structure.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">The type of a map's keys; otherwise null.</param>
/// <param name="Element">The type of a list's items or a map's values; otherwise null.</param>
public sealed record ExpressionType(TypeKind Kind, ExpressionType? Key = null, ExpressionType? Element = null)
{
    public static readonly ExpressionType Dyn = new(TypeKind.Dyn);

    /// <summary>What an empty list holds: a dyn, until it is joined with something that has a type.</summary>
    internal static readonly ExpressionType Open = new(TypeKind.Dyn) { IsOpen = true };

    public static readonly ExpressionType Null = new(TypeKind.Null);
    public static readonly ExpressionType Bool = new(TypeKind.Bool);
    public static readonly ExpressionType Int = new(TypeKind.Int);
    public static readonly ExpressionType Uint = new(TypeKind.Uint);
    public static readonly ExpressionType Double = new(TypeKind.Double);
    public static readonly ExpressionType String = new(TypeKind.String);
    public static readonly ExpressionType Duration = new(TypeKind.Duration);
    public static readonly ExpressionType Timestamp = new(TypeKind.Timestamp);

    private bool IsOpen { get; init; }

    public static ExpressionType ListOf(ExpressionType element) => new(TypeKind.List, null, element);

    public static ExpressionType MapOf(ExpressionType key, ExpressionType value) => new(TypeKind.Map, key, value);

    /// <summary>Whether a value of one type may stand where the other is asked for; dyn fits everything and is checked when it is evaluated.</summary>
    public bool Fits(ExpressionType other) =>
        Kind == TypeKind.Dyn || other.Kind == TypeKind.Dyn
        || (Kind == other.Kind && (Key is null || Key.Fits(other.Key!)) && (Element is null || Element.Fits(other.Element!)));

    /// <summary>The type that holds values of both: the same, or with dyn where they differ.</summary>
    public ExpressionType Join(ExpressionType other) =>
        this == other || other.IsOpen ? this
        : IsOpen ? other
        : Kind != other.Kind ? Dyn
        : new ExpressionType(Kind, Key?.Join(other.Key!), Element?.Join(other.Element!));

    /// <summary>Whether a value is of this type, judged by its outermost kind.</summary>
    internal bool Holds(ValueKind kind) => Kind switch
    {
        TypeKind.Dyn => kind is not (ValueKind.Absent or ValueKind.Error),
        TypeKind.Null => kind == ValueKind.Null,
        TypeKind.Bool => kind == ValueKind.Bool,
        TypeKind.Int => kind == ValueKind.Int,
        TypeKind.Uint => kind == ValueKind.Uint,
        TypeKind.Double => kind == ValueKind.Double,
        TypeKind.String => kind == ValueKind.String,
        TypeKind.List => kind == ValueKind.List,
        TypeKind.Map => kind == ValueKind.Map,
        TypeKind.Duration => kind == ValueKind.Duration,
        _ => kind == ValueKind.Timestamp,
    };

    /// <summary>As the documentation writes it: <c>map(string, list(int))</c>.</summary>
    public override string ToString() => Kind switch
    {
        TypeKind.List => $"list({Element})",
        TypeKind.Map => $"map({Key}, {Element})",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}
