using Weir.Core.Errors;
using Weir.Core.Identity;

namespace Weir.Core.Spine.Sessions;

/// <summary>
/// Looks once a second whether a session must end: its key was revoked or has expired, nothing moved for too long, or the
/// gateway stops and no answer is under way.
/// </summary>
/// <param name="keys">Where keys are looked up again.</param>
/// <param name="time">Clock.</param>
/// <param name="draining">Cancelled when the gateway stops.</param>
public sealed class SessionWatch(IKeyDirectory keys, TimeProvider time, CancellationToken draining)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    internal async Task<GatewayError?> RunAsync(Exchange exchange, TimeSpan idle, SessionPulse pulse, SessionReader reader, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            // A key that vanished from the configuration is as good as revoked.
            var key = keys.Find(exchange.Caller!.Key.Hash);
            var state = key is null ? KeyState.Revoked : KeyCheck.Verify(key, time.GetUtcNow());
            if (state != KeyState.Active)
                return state == KeyState.Expired ? GatewayErrors.ExpiredKey : GatewayErrors.RevokedKey;
            if (pulse.Silence > idle)
                return GatewayErrors.SessionIdle(idle);
            if (draining.IsCancellationRequested && !reader.IsAnswering)
                return GatewayErrors.Draining;
        }
        return null;
    }
}
