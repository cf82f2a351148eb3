using Weir.Testing;

namespace Weir.Core.Tests.Architecture;

/// <summary>The repository as text.</summary>
internal static class SourceTree
{
    private static readonly HashSet<string> Skipped =
        ["bin", "obj", "out", "node_modules", ".git", ".vs", ".idea", ".weir", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>The folder that holds Weir.slnx.</summary>
    public static string Root => Repository.Root;

    /// <summary>All C# files below <paramref name="folders"/>, without what builds and generators write.</summary>
    public static IEnumerable<SourceFile> CSharp(params string[] folders) =>
        folders.SelectMany(f => Files(Path.Combine(Root, f)))
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal))
            .Select(f => SourceFile.Parse(Relative(f), File.ReadAllText(f)));

    /// <summary>Every file a person or a tool wrote, as absolute paths.</summary>
    public static IEnumerable<string> All() => Files(Root);

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder).Concat(
            Directory.EnumerateDirectories(folder).Where(d => !Skipped.Contains(Path.GetFileName(d))).SelectMany(Files));
}
