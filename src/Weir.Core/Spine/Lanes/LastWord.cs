namespace Weir.Core.Spine.Lanes;

/// <summary>The error event that ends a stream which was cut after the commit point, in the client's dialect.</summary>
internal static class LastWord
{
    /// <summary>How long a client may take to accept it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async ValueTask TellAsync(Exchange exchange, Errors.GatewayError error, TimeProvider time)
    {
        exchange.Dialect.WriteStreamError(error, exchange.Id, exchange.Client.Output, exchange.Facts!.Framing);
        exchange.ToldInStream = true;
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, exchange.Client.Gone);
        try
        {
            await exchange.Client.Output.FlushAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // It does not read, or has gone: nothing more can be said to it.
            exchange.Client.Abort();
        }
    }
}
