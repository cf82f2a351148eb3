using System.IO.Compression;
using System.Text.Json;
using Weir.Testing.Corpus;

namespace Weir.Core.Tests.Semantics;

/// <summary>
/// Public data sets beside the recorded traffic, under their own licences and so not part of the repository. Guard tests with
/// <c>Assert.SkipUnless(SharedData.Has(name), SharedData.AbsentReason)</c>.
/// </summary>
internal static class SharedData
{
    public const string AbsentReason = "The public data sets are not here: set WEIR_SHARED to the folder that holds semantics/.";

    public static bool Has(string name) => PathOf(name) is { } path && File.Exists(path);

    public static List<JsonElement> Read(string name)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(PathOf(name)!), CompressionMode.Decompress));
        var rows = new List<JsonElement>();
        while (lines.ReadLine() is { } line)
            rows.Add(JsonDocument.Parse(line).RootElement);
        return rows;
    }

    private static string? PathOf(string name) =>
        CorpusReader.Folder is { } corpus ? Path.Combine(corpus, "..", "semantics", name) : null;
}
