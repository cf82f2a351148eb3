using Xunit;

namespace Weir.Core.Tests.Architecture;

/// <summary>The folder listing reads like a table of contents: names, places and lengths of files.</summary>
public sealed class FileTests
{
    private const int LongestFile = 600;
    private const int LongestSpineFile = 300;
    private const int MedianFile = 80;

    private static readonly string[] Everywhere = ["src", "tests", "bench"];

    /// <summary>A folder called Contracts holds wire documents, which are read beside each other.</summary>
    private const string ContractsFolder = "/Contracts/";

    [Fact]
    public void A_namespace_is_a_folder()
    {
        var found = SourceTree.CSharp("src", "tests")
            .Where(f => f.Types.Count > 0 && f.Namespace != f.FolderNamespace)
            .Select(f => $"{f.Path}: namespace {f.Namespace}, folder {f.FolderNamespace}");
        Assert.Empty(found);
    }

    [Fact]
    public void A_file_has_one_head()
    {
        var found = SourceTree.CSharp("src")
            .Where(f => !f.Path.Contains(ContractsFolder, StringComparison.Ordinal) && Heads.Fault(f) is not null)
            .Select(f => $"{f.Path}: {Heads.Fault(f)}");
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("Plan", "class Plan { }", null)]
    [InlineData("Plan", "class Plan { }\nenum PlanKind { A }\nrecord Step(int N);", null)]
    [InlineData("Field", "abstract class Field { }\nsealed class TextField : Field { }", null)]
    [InlineData("Labels", "record struct CallLabels(int A);\nrecord struct UsageLabels(int B);", null)]
    [InlineData("Plan", "class Planner { }", "it holds Planner and is not named for it")]
    [InlineData("Plan", "class Plan { }\nclass Other { }", "Other belongs in a file of its own")]
    public void The_rule_of_one_head(string name, string code, string? fault) =>
        Assert.Equal(fault, Heads.Fault(SourceFile.Parse($"src/X/{name}.cs", code)));

    [Fact]
    public void Files_are_short()
    {
        var files = SourceTree.CSharp(Everywhere).ToList();
        Assert.Empty(files.Where(f => f.Lines > LongestFile).Select(f => $"{f.Path}: {f.Lines} lines"));
        Assert.Empty(files.Where(f => f.Path.Contains("/Spine/", StringComparison.Ordinal) && f.Lines >= LongestSpineFile).Select(f => $"{f.Path}: {f.Lines} lines"));

        var lengths = files.Select(f => f.Lines).Order().ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{lengths.Count} files: median {lengths[lengths.Count / 2]} lines, nine of ten up to {lengths[lengths.Count * 9 / 10]}, longest {lengths[^1]}");
        Assert.InRange(lengths[lengths.Count / 2], 1, MedianFile);
    }
}
