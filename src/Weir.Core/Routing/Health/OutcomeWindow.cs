namespace Weir.Core.Routing.Health;

/// <summary>Calls and failures of the last stretch of time, in ten buckets. Not thread safe: its owner has the lock.</summary>
internal sealed class OutcomeWindow(TimeSpan length)
{
    private const int Buckets = 10;
    private readonly (int Calls, int Failures)[] _buckets = new (int, int)[Buckets];
    private readonly long _bucketTicks = Math.Max(1, length.Ticks / Buckets);
    private long _newest;

    public int Calls { get; private set; }
    public int Failures { get; private set; }

    public void Add(bool failed, DateTimeOffset now)
    {
        Turn(now);
        ref var bucket = ref _buckets[_newest % Buckets];
        bucket.Calls++;
        Calls++;
        if (!failed)
            return;
        bucket.Failures++;
        Failures++;
    }

    public void Clear()
    {
        Array.Clear(_buckets);
        (Calls, Failures) = (0, 0);
    }

    /// <summary>Empties the buckets that time went past; a clock that went back stays in the newest.</summary>
    private void Turn(DateTimeOffset now)
    {
        var current = now.UtcTicks / _bucketTicks;
        if (current - _newest >= Buckets)
        {
            Clear();
            _newest = current;
        }
        while (_newest < current)
        {
            ref var bucket = ref _buckets[++_newest % Buckets];
            Calls -= bucket.Calls;
            Failures -= bucket.Failures;
            bucket = default;
        }
    }
}
