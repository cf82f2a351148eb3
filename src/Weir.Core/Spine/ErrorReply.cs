using System.Buffers;
using System.Globalization;
using Weir.Core.Errors;
using Weir.Core.Spine.Sessions;

namespace Weir.Core.Spine;

/// <summary>Tells the client of a failure in its own dialect, if it can still be told.</summary>
public static class ErrorReply
{
    public static async ValueTask SendAsync(Exchange exchange, GatewayError error)
    {
        var client = exchange.Client;
        if (error.Kind == ErrorKind.ClientGone || client.Gone.IsCancellationRequested)
        {
            exchange.ClientStatus = 499;
            return;
        }

        if (exchange.Session is not null && !exchange.ToldInStream)
        {
            exchange.ClientStatus = 101;
            await SessionClose.TellAsync(exchange, error, isMidMessage: false, client.Gone);
            return;
        }

        if (client.HasStarted || exchange.CommittedAfter is not null)
        {
            // Either the stream ended in its dialect's error event (see StreamPump), or the connection has to say it.
            if (!exchange.ToldInStream)
                client.Abort();
            return;
        }

        // An unread body in front of the next request is where two servers start to disagree.
        if (!exchange.BodyIsRead)
            client.SetHeader("connection", "close");

        ReplyHead.WriteRequestId(exchange);
        ReplyHead.WriteOwn(exchange, exchange.Current);
        if (exchange.Current?.Rejection is { } rejection && error == exchange.Current.Error)
        {
            await PassOnAsync(exchange, rejection);
            return;
        }

        var output = new ArrayBufferWriter<byte>(512);
        exchange.Dialect.WriteError(error, exchange.Id, output);
        client.StatusCode = exchange.ClientStatus = error.HttpStatus;
        client.SetHeader("content-type", "application/json");
        client.SetHeader("content-length", output.WrittenCount.ToString(CultureInfo.InvariantCulture));
        if (error.RetryAfter is { } wait)
            client.SetHeader("retry-after", Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        client.Output.Write(output.WrittenSpan);
        await client.Output.FlushAsync(client.Gone);
    }

    /// <summary>Same dialect: the upstream's own error, status and body unchanged.</summary>
    private static async ValueTask PassOnAsync(Exchange exchange, UpstreamAnswer rejection)
    {
        var client = exchange.Client;
        client.StatusCode = exchange.ClientStatus = rejection.Status;
        foreach (var (name, value) in rejection.Headers)
            client.SetHeader(name, value);
        if (rejection.ContentType is { } type)
            client.SetHeader("content-type", type);
        client.SetHeader("content-length", rejection.Body.Length.ToString(CultureInfo.InvariantCulture));
        client.Output.Write(rejection.Body);
        await client.Output.FlushAsync(client.Gone);
    }
}
