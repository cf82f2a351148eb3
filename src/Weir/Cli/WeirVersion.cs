using System.Reflection;

namespace Weir.Cli;

/// <summary>The version of this binary.</summary>
public static class WeirVersion
{
    /// <summary>As in Directory.Build.props, without the source revision.</summary>
    public static string Text { get; } =
        (typeof(WeirVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0").Split('+')[0];
}
