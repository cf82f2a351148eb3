namespace Weir.Core.Dialects;

/// <summary>
/// One strict look at a body that is passed on while it arrives instead of being held: finds the facts as early as it
/// can and goes on checking to the end. Bytes may be cut anywhere.
/// </summary>
public interface IBodyScan
{
    /// <summary>What is known, once it is enough to route the call; null while more must be read.</summary>
    RequestFacts? Facts { get; }

    /// <summary>Looks at the next bytes; what is wrong with them, or null.</summary>
    BadRequest? Accept(ReadOnlySpan<byte> bytes);

    /// <summary>The body has ended; what is missing, or null. <see cref="Facts"/> are known when nothing is.</summary>
    BadRequest? Complete();
}
