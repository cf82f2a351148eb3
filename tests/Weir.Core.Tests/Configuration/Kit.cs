using System.Security.Cryptography;
using System.Text;
using Weir.Core.Configuration;
using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Secrets;
using Weir.Core.Identity;

namespace Weir.Core.Tests.Configuration;

/// <summary>Loads text with secrets and a clock that the test controls.</summary>
internal static class Kit
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static readonly Dictionary<string, string> Variables = new()
    {
        ["OPENAI_API_KEY"] = "openai-credential-1a2b3c",
        ["ANTHROPIC_API_KEY"] = "anthropic-credential-4d5e6f",
        ["APP_KEY"] = "wk-7Qm2xZp4Lr8Tn6Vb1Yc3",
        ["OTHER_KEY"] = "wk-9Hs5dKf2Gj7Wq4Xe8Ra1",
        ["SHORT"] = "wk-Ab1",
        ["EMPTY"] = "  ",
        ["DEFAULT"] = "changeme",
        ["SPACED"] = "abc def ghi jkl mno pqr",
    };

    public static LoadContext Context { get; } = new()
    {
        Secrets = new Fake(Variables),
        HashKey = Hash,
        Time = new FixedTime(),
    };

    public static KeyHash Hash(string secret) => KeyHash.FromBytes(SHA256.HashData(Encoding.UTF8.GetBytes("pepper" + secret)));

    public static LoadResult Load(string text) => ConfigurationLoader.LoadText(text, "weir.yaml", Context);

    public static Snapshot Good(string text)
    {
        var result = Load(text);
        Assert.True(result.Snapshot is not null, string.Join('\n', result.Diagnostics));
        return result.Snapshot;
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }

    internal sealed class Fake(Dictionary<string, string> variables) : ISecretSource
    {
        public SecretReading Read(SecretRef reference) =>
            reference.FromFile is not null ? SecretReading.Missing("does not exist")
            : variables.TryGetValue(reference.FromEnv!, out var value) ? SecretReading.Found(value)
            : SecretReading.Missing("is not set");

        public string? ReadText(string file) => file == "empty.pem" ? "nothing" : null;

        public bool FileExists(string file) => false;
    }
}
