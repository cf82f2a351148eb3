using System.Buffers;
using Weir.Core.Continuity;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Spine.Sessions;

namespace Weir.Core.Spine.Steps;

/// <summary>
/// Step 3: the body into pooled memory under a limit, then one strict pass that finds the facts; or, for a body that is
/// passed on while it arrives, as much of it as the facts need.
/// Leaves with: <see cref="Exchange.Body"/> or <see cref="Exchange.Streamed"/>, and <see cref="Exchange.Facts"/>.
/// </summary>
/// <param name="answers">Conversations that a client only names.</param>
/// <param name="spoolFolder">Where uploads are kept whose model comes after their file.</param>
/// <param name="time">Clock.</param>
public sealed class Read(AnswerMemory answers, string spoolFolder, TimeProvider time)
{
    /// <summary>Above this a declared length is not believed until the bytes arrive.</summary>
    private const int TrustedLength = 1 << 20;

    public async ValueTask<GatewayError?> RunAsync(Exchange exchange)
    {
        if (exchange.Dialect is ISessionDialect dialect)
            return await FirstMessage.ReadAsync(exchange, dialect, time);
        var (scan, bad) = exchange.Dialect.CreateScan(exchange.Head);
        if (bad is not null)
            return GatewayErrors.BadBody(bad.Code, bad.Message, bad.Param);
        if (scan is not null)
            return await ReadStartAsync(exchange, scan);

        if (await ReadBodyAsync(exchange) is { } error)
            return error;

        var result = exchange.Dialect.ReadFacts(exchange.Body.Span, exchange.Head);
        if (!result.IsOk)
            return GatewayErrors.BadBody(result.Error.Code, result.Error.Message, result.Error.Param);

        exchange.Facts = result.Facts;
        return result.Facts.NamesAnswers && exchange.Dialect is IRefersToAnswers referring ? await CompleteAsync(exchange, referring) : null;
    }

    /// <summary>Answers that only Weir knows are written out before anything is decided: routing and budgets see the whole prompt.</summary>
    private async ValueTask<GatewayError?> CompleteAsync(Exchange exchange, IRefersToAnswers referring)
    {
        var limit = exchange.Snapshot.Limits.MaxBodyBytes;
        if (await answers.WriteOutAsync(exchange.Caller!.Tenant, referring, exchange.Body.Memory, limit, exchange.Client.Gone) is not { } whole)
            return null;
        if (whole.Length > limit)
            return GatewayErrors.BodyTooLarge(limit);

        exchange.Named = exchange.Body.Span.ToArray();
        exchange.Body.Dispose();
        exchange.Body.Write(whole);
        var result = exchange.Dialect.ReadFacts(exchange.Body.Span, exchange.Head);
        if (!result.IsOk)
            return GatewayErrors.BadBody(result.Error.Code, result.Error.Message, result.Error.Param);
        exchange.Facts = result.Facts;
        return null;
    }

    private async ValueTask<GatewayError?> ReadStartAsync(Exchange exchange, IBodyScan scan)
    {
        var limit = exchange.Snapshot.Limits.MaxUploadBytes;
        if (exchange.Client.ContentLength > limit)
            return GatewayErrors.UploadTooLarge(limit);
        exchange.Streamed = new StreamedBody(scan, exchange.Client, exchange.Body, limit, Path.Combine(spoolFolder, exchange.Id));
        var error = await exchange.Streamed.FindFactsAsync();
        exchange.Facts = error is null ? scan.Facts : null;
        return error;
    }

    private static async ValueTask<GatewayError?> ReadBodyAsync(Exchange exchange)
    {
        var limit = exchange.Snapshot.Limits.MaxBodyBytes;
        var client = exchange.Client;
        if (client.ContentLength > limit)
            return GatewayErrors.BodyTooLarge(limit);
        if (client.ContentLength is { } length)
            exchange.Body.Reserve((int)Math.Min(length, TrustedLength));

        try
        {
            while (true)
            {
                var read = await client.Body.ReadAsync(client.Gone);
                if (exchange.Body.Length + read.Buffer.Length > limit)
                {
                    client.Body.AdvanceTo(read.Buffer.End);
                    return GatewayErrors.BodyTooLarge(limit);
                }
                foreach (var segment in read.Buffer)
                    exchange.Body.Write(segment.Span);
                client.Body.AdvanceTo(read.Buffer.End);
                if (!read.IsCompleted)
                    continue;
                if (client.TrailerFault is { } trailer)
                    return GatewayErrors.AmbiguousTrailer(trailer);
                exchange.BodyIsRead = true;
                return null;
            }
        }
        catch (IOException) when (!client.Gone.IsCancellationRequested)
        {
            return GatewayErrors.BodyBroken;
        }
    }
}
