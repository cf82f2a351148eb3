using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>TLS towards a provider. Files are read when the configuration is loaded, and again when they change.</summary>
public sealed record UpstreamTlsSpec
{
    public FileRef? CaBundle { get; init; }
    public FileRef? Certificate { get; init; }
    public FileRef? Key { get; init; }

    /// <summary><c>1.2</c> or <c>1.3</c>.</summary>
    public string MinVersion { get; init; } = "1.2";

    /// <summary>Pinned public keys, <c>sha256/BASE64</c>; empty for none.</summary>
    public IReadOnlyList<string> Pins { get; init; } = [];

    public static RecordShape<UpstreamTlsSpec> Shape { get; } = new RecordShape<UpstreamTlsSpec>("upstream tls", "TLS towards a provider.", new UpstreamTlsSpec())
        .Optional("caBundle", FileRef.Shape, "PEM file with the authorities to trust instead of the system's.", (s, v) => s with { CaBundle = v }, "the system's")
        .Optional("certificate", FileRef.Shape, "PEM file with the client certificate and its chain.", (s, v) => s with { Certificate = v })
        .Optional("key", FileRef.Shape, "PEM file with the client certificate's private key.", (s, v) => s with { Key = v })
        .Optional("minVersion", ShapeOf.Choice("TLS version", ("1.2", "1.2"), ("1.3", "1.3")), "Oldest TLS version accepted.", (s, v) => s with { MinVersion = v }, "\"1.2\"")
        .Optional("pins", ShapeOf.List(ShapeOf.Pin), "Public keys of which one must stand in the certificate chain the provider shows, beside all other checks.", (s, v) => s with { Pins = v });
}
