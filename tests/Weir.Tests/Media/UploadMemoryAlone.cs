using Xunit;

namespace Weir.Tests.Media;

/// <summary>Runs <see cref="UploadMemoryTests"/> when no other test does.</summary>
[CollectionDefinition(nameof(UploadMemoryTests), DisableParallelization = true)]
public sealed class UploadMemoryAlone;
