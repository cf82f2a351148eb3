using Microsoft.Extensions.Logging;
using Weir.Core.Configuration;
using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Secrets;
using Weir.Core.Identity;
using Weir.Core.Routing;
using Weir.Stores.Redis;

namespace Weir.Hosting;

/// <summary>From the configuration's <c>sharedState</c> to what shares health with other replicas.</summary>
internal static class SharedReplicas
{
    /// <summary>Begins to share in the background; null = nothing is shared.</summary>
    public static SharedHealth? Start(SharedStateSpec? spec, ISecretSource secrets, IRandomBytes random, TimeProvider time, ILoggerFactory logs)
    {
        if (spec is null || StoreAddress.Parse(spec.Redis) is not { } address)
            return null;
        var settings = new SharedStateSettings(address.Host, address.Port)
        {
            Password = spec.Password is { } password ? secrets.Read(password).Value : null,
            Tls = spec.Tls is not null,
            Authorities = spec.Tls?.CaBundle is { } bundle ? secrets.ReadText(bundle.FromFile) : null,
            Prefix = spec.Prefix,
        };
        var shared = new SharedHealth(new RedisConnector(settings), Base62.Random(16, random), time, SeededRandomSource.From(random), logs.CreateLogger<SharedHealth>());
        shared.Start();
        return shared;
    }
}
