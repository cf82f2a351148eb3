using Weir.Cli;
using Weir.Core.Configuration;
using Weir.Core.Identity;

namespace Weir.Hosting;

/// <summary>Behind <c>weir check</c> and <c>weir schema</c>: the same loader as the server, with nothing started.</summary>
internal sealed class ConfigurationTool(TimeProvider time) : IConfigurationTool
{
    public IReadOnlyList<Diagnostic> Check(string path)
    {
        // A check has no installation: secrets are hashed under a throw-away key and forgotten.
        var hasher = new KeyHasher(new byte[32]);
        return ConfigurationLoader.LoadFile(path, new LoadContext { HashKey = text => hasher.Hash(text), Time = time }).Diagnostics;
    }

    public string Schema() => ConfigurationSchema.Write();
}
