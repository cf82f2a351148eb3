using Weir.Core.Identity;

namespace Weir.Core.Tests.Identity;

/// <summary>Repeatable bytes for tests.</summary>
internal sealed class SeededBytes(int seed) : IRandomBytes
{
    private readonly Random _random = new(seed);

    public void Fill(Span<byte> destination) => _random.NextBytes(destination);
}
