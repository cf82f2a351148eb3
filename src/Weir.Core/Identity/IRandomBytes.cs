namespace Weir.Core.Identity;

/// <summary>Where secrets get their randomness. The product uses <see cref="SystemRandomBytes"/>; tests inject a seeded source.</summary>
public interface IRandomBytes
{
    /// <summary>Overwrites all of <paramref name="destination"/> with unpredictable bytes.</summary>
    void Fill(Span<byte> destination);
}
