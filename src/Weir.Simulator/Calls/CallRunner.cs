using Microsoft.AspNetCore.Http;
using System.Text.Json;
using Weir.Simulator.Directives;
using Weir.Simulator.Json;
using Weir.Simulator.Records;
using Weir.Simulator.Scripts;

namespace Weir.Simulator.Calls;

/// <summary>One generating call from its bytes to its record.</summary>
internal sealed class CallRunner(SimulatorOptions options)
{
    private readonly CallDirectives _defaults =
        options.Script is { } script ? script.Defaults.WithDefaults(options.Defaults) : options.Defaults;

    /// <summary>Rules that go before those of the options, from the next call on; null = none.</summary>
    public SimulatorScript? Trouble { get; set => Volatile.Write(ref field, value); }

    public async Task RunAsync(Call call, IDialect dialect, ReadOnlyMemory<byte> body)
    {
        try
        {
            dialect.Authenticate(call.Http.Request, options.RequiredKey);
            using var document = Parse(body);
            var request = dialect.Read(call.Http.Request, document.RootElement);
            call.Model = request.Model;
            call.Stream = request.Stream;
            call.ToolResults = request.ToolHistory.Results;
            var directives = Directives(call.Http.Request, request).WithDefaults(_defaults);
            dialect.SetHeaders(call.Http.Response.Headers, directives.Status ?? 200, call.RequestId, request.Input.Input, call.StartedAt);
            await AnswerAsync(call, dialect, request, directives);
        }
        catch (ApiFault fault) when (!call.Http.Response.HasStarted)
        {
            dialect.SetHeaders(call.Http.Response.Headers, fault.Status, call.RequestId, 0, call.StartedAt);
            Refuse(call, dialect, fault);
        }
    }

    /// <summary>Parses a request body as services do: an object, or a refusal.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException)
        {
            // Refused below, in the words of the service.
        }

        throw ApiFault.Invalid("We could not parse the JSON body of your request.");
    }

    public static void Refuse(Call call, IDialect dialect, ApiFault fault)
    {
        using var buffer = new EventBuffer();
        dialect.WriteError(fault, call.RequestId, buffer);
        var response = call.Http.Response;
        response.StatusCode = fault.Status;
        response.ContentType = "application/json";
        if (fault.RetryAfter is { } wait)
        {
            response.Headers[wait.EndsWith("ms", StringComparison.Ordinal) ? "retry-after-ms" : "retry-after"] = wait.TrimEnd('m', 's');
        }

        WriteUnflushed(response, buffer.Written);
        call.Finish(Completion.Rejected);
    }

    private CallDirectives Directives(HttpRequest http, DialectRequest request)
    {
        try
        {
            return DirectiveText.Read(request.UserText)
                ?? Trouble?.Find(http.Path.Value!, request.Model, request.UserText)
                ?? options.Script?.Find(http.Path.Value!, request.Model, request.UserText)
                ?? new CallDirectives();
        }
        catch (FormatException error)
        {
            throw ApiFault.Invalid(error.Message, "messages");
        }
    }

    private async Task AnswerAsync(Call call, IDialect dialect, DialectRequest request, CallDirectives directives)
    {
        var response = call.Http.Response;
        if (directives.Cached is { } cached)
        {
            var input = request.Input.Input;
            request = request with { Input = new ServedUsage { CacheRead = Math.Min(cached, input), InputUncached = Math.Max(0, input - cached) } };
        }

        if (directives.Silent)
        {
            await Waiting.UntilGoneAsync(call.Gone);
            call.Finish(Completion.Stalled, 0);
            return;
        }

        if (!await options.TimeProvider.WaitAsync(directives.TimeToFirstToken ?? TimeSpan.Zero, call.Gone))
        {
            call.Finish(Completion.Aborted, 0);
            return;
        }

        if (directives.EndlessHeaders)
        {
            await RawFaults.EndlessHeadersAsync(call.Http);
            call.Finish(Completion.Stalled, 200);
            return;
        }

        if (directives.Html)
        {
            Html(call, directives.Status ?? 502);
            return;
        }

        if (directives.Status is { } status)
        {
            if (directives.RateLimit is not null)
            {
                RateLimitHeaders.Write(response.Headers, directives.RateLimitReset, options.TimeProvider.GetUtcNow());
            }

            Refuse(call, dialect, new ApiFault(status, $"Simulated error {status}.") { RetryAfter = directives.RetryAfter });
            response.ContentType = directives.ContentType ?? response.ContentType;
            return;
        }

        var reply = ReplyPlanner.Plan(
            request, directives, options.Seed, call.Sequence, call.StartedAt,
            dialect.Name.StartsWith("anthropic", StringComparison.Ordinal) ? "toolu_" : dialect.Name.StartsWith("bedrock", StringComparison.Ordinal) ? "tooluse_" : "call_");
        response.ContentType = directives.ContentType ?? (request.Stream ? dialect.StreamContentType(call.Http.Request) : "application/json");
        if (directives.GzipBomb)
        {
            await RawFaults.GzipBombAsync(call.Http);
            call.Finish(call.Gone.IsCancellationRequested ? Completion.Aborted : Completion.Ended);
        }
        else if (directives.SlowHeaders is { } pace)
        {
            await SlowAsync(call, dialect, reply, pace);
        }
        else if (request.Stream)
        {
            await new StreamSender(call, dialect, reply, directives, options.TimeProvider).SendAsync();
        }
        else
        {
            await new WholeSender(call, dialect, reply, directives, options.TimeProvider).SendAsync();
        }
    }

    private async Task SlowAsync(Call call, IDialect dialect, Reply reply, TimeSpan pace)
    {
        using var buffer = new EventBuffer();
        if (reply.Request.Stream)
        {
            foreach (var next in dialect.Stream(call.Http.Request, reply, buffer))
            {
                _ = next;
            }
        }
        else
        {
            dialect.WriteWhole(reply, buffer);
        }

        var all = await RawFaults.SlowHeadersAsync(call.Http, pace, options.TimeProvider, buffer.Written, () =>
        {
            call.SentWhole(reply.Usage);
            call.Finish(Completion.Complete, 200);
        });
        if (all)
        {
            // Closing now could overtake the bytes; the client closes when it has them.
            await Waiting.UntilGoneAsync(call.Gone);
        }

        call.Finish(Completion.Aborted, 200);
        call.Http.Abort();
    }

    private static void Html(Call call, int status)
    {
        call.Http.Response.StatusCode = status;
        call.Http.Response.ContentType = "text/html";
        WriteUnflushed(
            call.Http.Response,
            System.Text.Encoding.UTF8.GetBytes($"<html>\r\n<head><title>{status}</title></head>\r\n<body>\r\n<center><h1>{status}</h1></center>\r\n</body>\r\n</html>\r\n"));
        call.Finish(Completion.Rejected);
    }

    /// <summary>Hands a whole body to the server, which sends it when the call returns: after its record is filed.</summary>
    public static void WriteUnflushed(HttpResponse response, ReadOnlyMemory<byte> body)
    {
        response.ContentLength = body.Length;
        if (body.Length > 0)
        {
            // With an explicit size: before the response has started the writer has no room of its own to offer.
            body.Span.CopyTo(response.BodyWriter.GetSpan(body.Length));
            response.BodyWriter.Advance(body.Length);
        }
    }
}
