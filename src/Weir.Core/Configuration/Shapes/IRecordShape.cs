namespace Weir.Core.Configuration.Shapes;

/// <summary>The untyped side of a record's shape, for the schema and the reference page.</summary>
public interface IRecordShape
{
    string Title { get; }
    string Description { get; }
    IReadOnlyList<Field> Fields { get; }
}
