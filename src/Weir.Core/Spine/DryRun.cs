using Weir.Core.Configuration;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Identity;
using Weir.Core.Spine.Steps;

namespace Weir.Core.Spine;

/// <summary>
/// Decides about a call that is not made: its body is read and it is routed by the very steps of real calls, and there it
/// ends. Nothing leaves for a provider, nothing is charged, nothing is kept.
/// </summary>
/// <param name="read">Step 3.</param>
/// <param name="route">Step 4.</param>
/// <param name="time">Clock.</param>
public sealed class DryRun(Read read, Route route, TimeProvider time)
{
    /// <summary>The call as far as it went: <see cref="Exchange.Error"/> says why it would be refused. The caller disposes of it.</summary>
    /// <param name="snapshot">What to decide under.</param>
    /// <param name="dialect">The API its client speaks.</param>
    /// <param name="head">What its request line says.</param>
    /// <param name="client">Its headers and body.</param>
    /// <param name="caller">Who makes it.</param>
    public async ValueTask<Exchange> RunAsync(Snapshot snapshot, IDialect dialect, CallHead head, IClientChannel client, Caller caller)
    {
        var exchange = new Exchange("dry-run", client, snapshot, dialect, head, time.GetUtcNow(), time.GetTimestamp()) { Caller = caller };
        try
        {
            exchange.Error = await RunAsync(exchange, caller);
            return exchange;
        }
        catch
        {
            exchange.Dispose();
            throw;
        }
    }

    private async ValueTask<GatewayError?> RunAsync(Exchange exchange, Caller caller)
    {
        (exchange.Labels, var refused) = CallLabels.Read(exchange.Client, exchange.Snapshot, caller);
        return refused ?? await read.RunAsync(exchange) ?? await route.RunAsync(exchange);
    }
}
