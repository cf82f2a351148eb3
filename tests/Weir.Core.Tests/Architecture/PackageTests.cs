using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Weir.Core.Tests.Architecture;

/// <summary>Few dependencies, pinned once, each where it belongs (docs/adr/0001).</summary>
public sealed partial class PackageTests
{
    private static readonly string[] Projects =
        [.. SourceTree.All().Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)).Select(SourceTree.Relative)];

    /// <summary>Packages each shipped project may use. A new line here needs a written reason: an ADR.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["src/Weir.Core/Weir.Core.csproj"] = ["YamlDotNet"],
        ["src/Weir.Stores/Weir.Stores.csproj"] = ["SQLitePCLRaw.bundle_e_sqlite3", "Npgsql", "StackExchange.Redis"],
        ["src/Weir.Simulator/Weir.Simulator.csproj"] = [],
        ["src/Weir/Weir.csproj"] = ["System.CommandLine", "OpenTelemetry.Exporter.OpenTelemetryProtocol"],
    };

    [Fact]
    public void A_shipped_project_uses_only_the_packages_decided_on()
    {
        var shipped = Projects.Where(p => p.StartsWith("src/", StringComparison.Ordinal)).ToList();
        Assert.Equal(Allowed.Keys.Order(), shipped.Order());
        var found = from project in shipped
                    from package in References(project)
                    where !Allowed[project].Contains(package.Attribute("Include")?.Value)
                    select $"{project}: {package.Attribute("Include")?.Value}";
        Assert.Empty(found);
    }

    [Fact]
    public void Versions_are_pinned_in_one_place()
    {
        var found = from project in Projects
                    from package in References(project)
                    where package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null
                    select $"{project}: {package.Attribute("Include")?.Value}";
        Assert.Empty(found);

        var pins = XDocument.Load(Path.Combine(SourceTree.Root, "Directory.Packages.props")).Descendants("PackageVersion").Select(p => p.Attribute("Version")!.Value);
        Assert.All(pins, pin => Assert.Matches(ExactVersion(), pin));
    }

    [Fact]
    public void Every_project_of_the_solution_has_its_lock_file()
    {
        var solution = XDocument.Load(Path.Combine(SourceTree.Root, "Weir.slnx")).Descendants("Project").Select(p => p.Attribute("Path")!.Value);
        Assert.All(solution, p => Assert.True(File.Exists(Path.Combine(SourceTree.Root, Path.GetDirectoryName(p)!, "packages.lock.json")), p));
    }

    private static IEnumerable<XElement> References(string project) =>
        XDocument.Load(Path.Combine(SourceTree.Root, project)).Descendants("PackageReference").Where(p => p.Attribute("Include") is not null);

    [GeneratedRegex(@"^\d+\.\d+\.\d+(-[\w.]+)?$")]
    private static partial Regex ExactVersion();
}
