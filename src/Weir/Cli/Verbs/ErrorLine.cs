using System.Text.Json;

namespace Weir.Cli.Verbs;

/// <summary>Where a failure of a record came from.</summary>
internal static class ErrorLine
{
    /// <summary><c> (upstream, in dispatch)</c>; empty when the record does not say.</summary>
    public static string Origin(JsonElement error)
    {
        var (party, phase) = (error.Text("party"), error.Text("phase"));
        return (party, phase) switch
        {
            (null, null) => "",
            (null, _) => $" (in {phase})",
            (_, null) => $" ({party})",
            _ => $" ({party}, in {phase})",
        };
    }
}
