using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>TLS towards the shared store.</summary>
public sealed record SharedStateTlsSpec
{
    public FileRef? CaBundle { get; init; }

    public static RecordShape<SharedStateTlsSpec> Shape { get; } = new RecordShape<SharedStateTlsSpec>("shared state tls", "TLS towards the shared store, 1.2 or later.", new SharedStateTlsSpec())
        .Optional("caBundle", FileRef.Shape, "PEM file with the authorities to trust instead of the system's.", (s, v) => s with { CaBundle = v }, "the system's");
}
