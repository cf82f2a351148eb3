namespace Weir.Core.Routing.Health;

/// <summary>
/// Where replicas tell each other which targets rest. Best effort: a notice may come late or never, and each replica finds
/// out by itself as well; nothing on the path of a call waits for it. Notices are published only when something changes.
/// </summary>
public interface ISharedHealth
{
    /// <summary>Tells the others. Returns at once and never throws.</summary>
    void Publish(HealthNotice notice);

    /// <summary>Calls <paramref name="observer"/> for every notice of the others, on any thread, until disposed.</summary>
    IDisposable Observe(Action<HealthNotice> observer);
}
