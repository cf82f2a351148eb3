using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Weir.Core.Configuration.Compilation;
using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Reading;
using Weir.Core.Configuration.Secrets;
using Weir.Core.Configuration.Validation;

namespace Weir.Core.Configuration;

/// <summary>
/// Text, file or documents → snapshot, with every mistake named. Never throws for anything a file may contain.
/// </summary>
public static class ConfigurationLoader
{
    private static readonly FrozenDictionary<string, string> NoSecrets = FrozenDictionary<string, string>.Empty;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads and compiles a YAML or JSON file. Relative secret paths start from its directory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="context">What the process supplies.</param>
    /// <param name="version">Version to stamp on the snapshot.</param>
    public static LoadResult LoadFile(string path, LoadContext context, long version = 1)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        context = context.Secrets is null ? context with { Secrets = new SystemSecrets(directory) } : context;
        try
        {
            var bytes = ReadCapped(path);
            // A byte order mark is allowed; anything that is not UTF-8 is not.
            return LoadText(StrictUtf8.GetString(bytes).TrimStart('\uFEFF'), path, context, version);
        }
        catch (DecoderFallbackException)
        {
            return Unreadable(path, "is not UTF-8 text");
        }
        catch (FileNotFoundException)
        {
            return Unreadable(path, "does not exist");
        }
        catch (DirectoryNotFoundException)
        {
            return Unreadable(path, "does not exist");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unreadable(path, "cannot be read");
        }
    }

    /// <summary>Reads and compiles text; <paramref name="file"/> is the name shown in diagnostics.</summary>
    public static LoadResult LoadText(string text, string file, LoadContext context, long version = 1)
    {
        var bag = new DiagnosticBag(file);
        var documents = new ConfigurationDocuments();
        if (YamlReader.Read(text, bag) is { } root)
        {
            SecretRules.CheckLiterals(root, "", bag);
            if (ConfigurationDocuments.Shape.TryRead(root, "", bag, out var read))
                documents = read;
        }
        else
        {
            return new LoadResult(null, documents, bag.ToList(), [], Fingerprint(text, NoSecrets));
        }
        return Finish(documents, text, bag, context, version);
    }

    /// <summary>Compiles documents that did not come from a file. <paramref name="origin"/> is shown in diagnostics.</summary>
    public static LoadResult LoadDocuments(ConfigurationDocuments documents, string origin, LoadContext context, long version = 1) =>
        Finish(documents, DocumentText.Of(documents), new DiagnosticBag(origin), context, version);

    private static LoadResult Finish(ConfigurationDocuments documents, string text, DiagnosticBag bag, LoadContext context, long version)
    {
        var rules = new RuleContext(documents, bag, context.Secrets ?? new SystemSecrets(Directory.GetCurrentDirectory()), context);
        Rules.Check(rules);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
        var snapshot = bag.HasErrors ? null : Compiler.Compile(rules, hash, version);
        return new LoadResult(snapshot, documents, bag.ToList(), rules.Files, Fingerprint(text, rules.Resolved));
    }

    private static byte[] ReadCapped(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        // One byte more than allowed is enough for the reader to refuse it; a pipe or device must not fill the memory.
        var buffer = new MemoryStream();
        var chunk = new byte[64 << 10];
        int read;
        while (buffer.Length <= YamlReader.MaxBytes && (read = stream.Read(chunk)) > 0)
            buffer.Write(chunk, 0, read);
        return buffer.ToArray();
    }

    private static LoadResult Unreadable(string path, string problem)
    {
        var bag = new DiagnosticBag(path);
        bag.Add(DiagnosticCodes.FileUnreadable, Mark.None, "", $"the file {problem}");
        return new LoadResult(null, new ConfigurationDocuments(), bag.ToList(), [], Fingerprint(problem, NoSecrets));
    }

    private static string Fingerprint(string text, IReadOnlyDictionary<string, string> secrets)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        foreach (var (path, value) in secrets.OrderBy(s => s.Key, StringComparer.Ordinal))
            hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes($"{path}\0{value}")));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
