using System.Security.Cryptography;

namespace Weir.Core.Identity;

/// <summary>The operating system's cryptographic random generator.</summary>
public sealed class SystemRandomBytes : IRandomBytes
{
    public static SystemRandomBytes Instance { get; } = new();

    public void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
}
