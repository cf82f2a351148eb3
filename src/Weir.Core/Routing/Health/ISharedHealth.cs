namespace Weir.Core.Routing.Health;

/// <summary>
/// Where replicas tell each other which targets and credentials rest. Best effort: a notice may come late, twice or never,
/// and each replica finds out by itself as well; nothing on the path of a call waits for it. Notices are published only when
/// something changes.
/// </summary>
public interface ISharedHealth
{
    /// <summary>Tells the others. Returns at once and never throws.</summary>
    void Publish(HealthNotice notice);

    /// <summary>
    /// Calls <paramref name="observer"/>, on any thread and until disposed, for every notice of the others: those to come,
    /// and at some time after the start those still in force that were published before.
    /// </summary>
    IDisposable Observe(Action<HealthNotice> observer);
}
