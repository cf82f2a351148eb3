using System.Collections.Immutable;

namespace Weir.Core.Routing.Health;

/// <summary>Shared health within one process: every observer hears every notice, its own among them.</summary>
public sealed class LocalSharedHealth : ISharedHealth
{
    private ImmutableList<Action<HealthNotice>> _observers = [];

    public void Publish(HealthNotice notice)
    {
        foreach (var observer in Volatile.Read(ref _observers))
            observer(notice);
    }

    public IDisposable Observe(Action<HealthNotice> observer)
    {
        ImmutableInterlocked.Update(ref _observers, static (all, one) => all.Add(one), observer);
        return new Subscription(this, observer);
    }

    private sealed class Subscription(LocalSharedHealth owner, Action<HealthNotice> observer) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref owner._observers, static (all, one) => all.Remove(one), observer);
    }
}
