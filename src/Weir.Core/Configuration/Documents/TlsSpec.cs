using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>TLS of the listener. Files are re-read when they change.</summary>
public sealed record TlsSpec
{
    public FileRef? Certificate { get; init; }
    public FileRef? Key { get; init; }

    /// <summary><c>1.2</c> or <c>1.3</c>.</summary>
    public string MinVersion { get; init; } = "1.2";

    public static RecordShape<TlsSpec> Shape { get; } = new RecordShape<TlsSpec>("tls", "TLS of the listener.", new TlsSpec())
        .Optional("certificate", FileRef.Shape, "PEM file with the certificate and its chain.", (s, v) => s with { Certificate = v })
        .Optional("key", FileRef.Shape, "PEM file with the private key.", (s, v) => s with { Key = v })
        .Optional("minVersion", ShapeOf.Choice("TLS version", ("1.2", "1.2"), ("1.3", "1.3")), "Oldest TLS version accepted.", (s, v) => s with { MinVersion = v }, "\"1.2\"");
}
