namespace Weir.Core.Spine.Sessions;

/// <summary>When something last moved in a session, in either direction.</summary>
public sealed class SessionPulse(TimeProvider time)
{
    private long _last = time.GetTimestamp();

    /// <summary>Something moved.</summary>
    public void Beat() => Volatile.Write(ref _last, time.GetTimestamp());

    /// <summary>How long nothing has.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref _last));
}
