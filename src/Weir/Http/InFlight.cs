namespace Weir.Http;

/// <summary>Counts calls under way, for draining and metrics.</summary>
internal sealed class InFlight
{
    private long _count;

    public long Count => Volatile.Read(ref _count);

    public Lease Enter()
    {
        Interlocked.Increment(ref _count);
        return new Lease(this);
    }

    /// <summary>One call under way; dispose when it is over.</summary>
    public readonly struct Lease(InFlight owner) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref owner._count);
    }
}
