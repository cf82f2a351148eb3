using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>A forward proxy on the way to a provider.</summary>
public sealed record ProxySpec
{
    public Uri? Url { get; init; }
    public SecretRef? Credential { get; init; }

    public static RecordShape<ProxySpec> Shape { get; } = new RecordShape<ProxySpec>("proxy", "A forward proxy on the way to a provider (HTTP CONNECT). The proxy may stand at a private address; it resolves the provider's name itself.", new ProxySpec())
        .Required("url", ShapeOf.Url, "The proxy's address, for example http://proxy.internal:3128.", (s, v) => s with { Url = v })
        .Optional("credential", ShapeOf.Secret, "USER:PASSWORD for the proxy, by reference.", (s, v) => s with { Credential = v });
}
