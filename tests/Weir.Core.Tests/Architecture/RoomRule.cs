using System.Text.RegularExpressions;

namespace Weir.Core.Tests.Architecture;

/// <summary>Which rooms (folders directly in Weir.Core) a room may name.</summary>
/// <param name="Room">The room the rule is about.</param>
/// <param name="MayName">Other rooms it may name.</param>
internal sealed record RoomRule(string Room, params string[] MayName)
{
    /// <summary>Rooms of Weir.Core that <paramref name="file"/> names and may not.</summary>
    public IEnumerable<string> Violations(SourceFile file, IEnumerable<string> rooms)
    {
        foreach (var room in rooms.Where(r => r != Room && !MayName.Contains(r)))
        {
            // "using Weir.Core.Routing;", "Weir.Core.Routing.Plan" and, from inside Weir.Core, plain "Routing.Plan".
            if (Regex.IsMatch(file.Code, $@"\bWeir\.Core\.{room}\b|(?<![\w.]){room}\.\w"))
                yield return $"{file.Path} names {room}";
        }
    }
}
