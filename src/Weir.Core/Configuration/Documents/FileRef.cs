using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>A file with key material that is read where it is used (TLS).</summary>
public sealed record FileRef
{
    public string FromFile { get; init; } = "";

    public static RecordShape<FileRef> Shape { get; } = new RecordShape<FileRef>("file", "A file that is read where it is used.", new FileRef())
        .Required("fromFile", ShapeOf.Text, "Path of the file, relative to the configuration file.", (s, v) => s with { FromFile = v })
        .Reserved("fromSecret", "Name and key of a Kubernetes secret.");
}
