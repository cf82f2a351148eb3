namespace Weir.Core.Routing.Discovery;

/// <summary>How a provider's list of models differs from the one before.</summary>
/// <param name="At">When the difference was seen.</param>
/// <param name="Appeared">Names that were not in the list before.</param>
/// <param name="Disappeared">Names that are no longer in it.</param>
public sealed record ModelListChange(DateTimeOffset At, IReadOnlyList<string> Appeared, IReadOnlyList<string> Disappeared)
{
    /// <summary>The difference between two lists, or null when there is none.</summary>
    public static ModelListChange? Between(IReadOnlyList<string> before, IReadOnlyList<string> after, DateTimeOffset at)
    {
        string[] appeared = [.. after.Except(before, StringComparer.Ordinal)];
        string[] disappeared = [.. before.Except(after, StringComparer.Ordinal)];
        return appeared.Length + disappeared.Length == 0 ? null : new ModelListChange(at, appeared, disappeared);
    }
}
