namespace Weir.Cli;

/// <summary>Where an installation keeps its ledger, keys and admin token.</summary>
public static class DataDirectory
{
    public const string Variable = "WEIR_DATA";

    /// <summary><c>WEIR_DATA</c>, else <c>.weir</c> in the home directory (or the current one when there is no home).</summary>
    public static string Default(Func<string, string?> variable)
    {
        if (variable(Variable) is { Length: > 0 } given)
            return Path.GetFullPath(given);
        var home = variable("HOME") ?? variable("USERPROFILE");
        return Path.GetFullPath(Path.Combine(string.IsNullOrEmpty(home) ? "." : home, ".weir"));
    }
}
