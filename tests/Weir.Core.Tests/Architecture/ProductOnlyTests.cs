using System.Text.RegularExpressions;
using Xunit;

namespace Weir.Core.Tests.Architecture;

/// <summary>The repository speaks of the product alone: no machine's paths, no private package hosts.</summary>
public sealed class ProductOnlyTests
{
    private static readonly HashSet<string> TextKinds =
        [".cs", ".csproj", ".props", ".slnx", ".json", ".md", ".yaml", ".yml", ".sh", ".mjs", ".js", ".ts", ".sql", ".txt", ".conf", ".config", ".editorconfig", ".npmrc", ""];

    // Spelled in two halves, so that this file does not find itself.
    private static readonly Regex MachinePath = new("(?<![\\w.}])/(wo" + "rk|ro" + "ot|fa" + "rm|Us" + "ers)/\\w");
    private static readonly Regex PackageHost = new("\"resol" + "ved\":\\s*\"http|regis" + "try\\s*=\\s*http|<add key=\"[^\"]*\" value=\"http");

    [Fact]
    public void No_file_names_a_machine_path_or_a_package_host()
    {
        var found = from path in SourceTree.All()
                    where TextKinds.Contains(Path.GetExtension(path))
                    let text = File.ReadAllText(path)
                    let match = new[] { MachinePath.Match(text), PackageHost.Match(text) }.FirstOrDefault(m => m.Success)
                    where match is not null
                    select $"{SourceTree.Relative(path)}: {match.Value}";
        Assert.Empty(found);
    }
}
