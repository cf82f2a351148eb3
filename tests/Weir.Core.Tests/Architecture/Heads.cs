using System.Text.RegularExpressions;

namespace Weir.Core.Tests.Architecture;

/// <summary>
/// The rule of one head. A file holds one type with behaviour and bears its name. Beside it may stand what cannot be read
/// without it: enums, records, and types that derive from it. A file of records alone may bear the name of the family.
/// </summary>
internal static class Heads
{
    /// <summary>What breaks the rule, or null.</summary>
    public static string? Fault(SourceFile file)
    {
        if (file.Types.Count == 0)
            return null;
        var head = file.Types.FirstOrDefault(t => t.Name == file.Name);
        if (head is null)
            return file.Types.Count > 1 && file.Types.All(t => t.IsData) ? null : $"it holds {file.Types[0].Name} and is not named for it";

        var stranger = file.Types.FirstOrDefault(t => t.Name != head.Name && !t.IsData && !Regex.IsMatch(t.Rest, $@":\s*{head.Name}\b"));
        return stranger is null ? null : $"{stranger.Name} belongs in a file of its own";
    }
}
