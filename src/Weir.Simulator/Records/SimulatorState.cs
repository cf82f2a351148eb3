namespace Weir.Simulator.Records;

/// <summary>What the simulator served. Totals are exact; single records are kept for the last <see cref="Capacity"/> calls.</summary>
public sealed class SimulatorState
{
    /// <summary>How many records are kept.</summary>
    public const int Capacity = 100_000;

    private readonly Lock _lock = new();
    private readonly Queue<CallRecord> _calls = new();
    private readonly Dictionary<(string Dialect, string Model), Sum> _sums = [];
    private readonly List<Waiter> _waiters = [];
    private long _sequence;
    private long _started;
    private long _finished;

    /// <summary>Calls begun since the last reset.</summary>
    public long Started
    {
        get
        {
            lock (_lock)
            {
                return _started;
            }
        }
    }

    /// <summary>Calls that have a record since the last reset.</summary>
    public long Finished
    {
        get
        {
            lock (_lock)
            {
                return _finished;
            }
        }
    }

    /// <summary>The last unexpected failure of the simulator itself; null in a healthy one.</summary>
    public Exception? Failure { get; internal set; }

    /// <summary>Usage over every call.</summary>
    public ServedUsage Usage => Totals().Aggregate(default(ServedUsage), (sum, next) => sum + next.Usage);

    /// <summary>Sums by dialect and model.</summary>
    public IReadOnlyList<ServedTotals> Totals()
    {
        lock (_lock)
        {
            return
            [
                .. _sums.Select(entry => new ServedTotals
                {
                    Dialect = entry.Key.Dialect,
                    Model = entry.Key.Model,
                    Calls = entry.Value.Calls,
                    Endings = new Dictionary<Completion, long>(entry.Value.Endings),
                    Usage = entry.Value.Usage,
                }),
            ];
        }
    }

    /// <summary>The kept records with a sequence number above <paramref name="since"/>, in order of completion.</summary>
    public IReadOnlyList<CallRecord> Calls(long since = 0)
    {
        lock (_lock)
        {
            return [.. _calls.Where(call => call.Sequence > since)];
        }
    }

    /// <summary>Completes as soon as <paramref name="condition"/> holds; it is checked after every finished call.</summary>
    public Task WaitUntilAsync(Func<SimulatorState, bool> condition, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            if (condition(this))
            {
                return Task.CompletedTask;
            }

            var waiter = new Waiter(condition);
            _waiters.Add(waiter);
            return waiter.Done.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>Forgets records and totals. Sequence numbers go on, so identifiers stay unique.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _calls.Clear();
            _sums.Clear();
            _started = _finished = 0;
        }
    }

    internal long Begin()
    {
        lock (_lock)
        {
            _started++;
            return ++_sequence;
        }
    }

    internal void Add(CallRecord call)
    {
        lock (_lock)
        {
            _finished++;
            _calls.Enqueue(call);
            if (_calls.Count > Capacity)
            {
                _calls.Dequeue();
            }

            if (!_sums.TryGetValue((call.Dialect, call.Model), out var sum))
            {
                _sums[(call.Dialect, call.Model)] = sum = new Sum();
            }

            sum.Calls++;
            sum.Usage += call.Usage;
            sum.Endings[call.Completion] = sum.Endings.GetValueOrDefault(call.Completion) + 1;
            for (var index = _waiters.Count - 1; index >= 0; index--)
            {
                if (_waiters[index].Condition(this))
                {
                    _waiters[index].Done.TrySetResult();
                    _waiters.RemoveAt(index);
                }
            }
        }
    }

    private sealed class Sum
    {
        public long Calls { get; set; }

        public ServedUsage Usage { get; set; }

        public Dictionary<Completion, long> Endings { get; } = [];
    }

    private sealed record Waiter(Func<SimulatorState, bool> Condition)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
