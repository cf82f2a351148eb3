using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Weir.Testing.Corpus;

/// <summary>
/// Reads recorded provider traffic from <c>$WEIR_SHARED/corpus</c>, or <c>../shared/corpus</c> beside the repository.
/// The corpus is not part of the repository: guard tests with
/// <c>Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason)</c>.
/// </summary>
public static class CorpusReader
{
    public const string AbsentReason =
        "Recorded provider traffic is not here: set WEIR_SHARED to the folder that holds corpus/, or put it at ../shared.";

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The folder with the recordings, or null.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>True when there is something to read.</summary>
    public static bool IsPresent => Folder is not null;

    /// <summary>
    /// The exchanges that match, in a stable order; files are read as the sequence is walked.
    /// </summary>
    /// <param name="api">For example <c>openai.chat</c>, or null for all. Several: separated by commas.</param>
    /// <param name="provider">For example <c>openai</c>, or null for all.</param>
    /// <param name="stream">Only streams, only whole answers, or null for both.</param>
    public static IEnumerable<RecordedExchange> Read(string? api = null, string? provider = null, bool? stream = null)
    {
        if (Folder is null)
            yield break;
        foreach (var file in Directory.GetFiles(Folder, "*.jsonl.gz").Order(StringComparer.Ordinal))
        {
            using var lines = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress), Encoding.UTF8);
            while (lines.ReadLine() is { } line)
            {
                // Cheap look before the parse: most lines are of other APIs.
                if (api is not null && !api.Split(',').Any(a => line.Contains($"\"api\":\"{a}\"", StringComparison.Ordinal)))
                    continue;
                var exchange = JsonSerializer.Deserialize<RecordedExchange>(line, Options)!;
                if ((api is null || api.Split(',').Contains(exchange.Api))
                    && (provider is null || exchange.Provider == provider)
                    && (stream is null || exchange.Stream == stream))
                    yield return exchange;
            }
        }
    }

    private static string? Find()
    {
        var shared = Environment.GetEnvironmentVariable("WEIR_SHARED");
        if (string.IsNullOrEmpty(shared))
            shared = Path.Combine(Repository.Root, "..", "shared");
        var corpus = Path.Combine(shared, "corpus");
        return Directory.Exists(corpus) ? corpus : null;
    }
}
