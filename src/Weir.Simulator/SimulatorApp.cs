using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Weir.Simulator.Answers;
using Weir.Simulator.Anthropic;
using Weir.Simulator.Bedrock;
using Weir.Simulator.Calls;
using Weir.Simulator.Cohere;
using Weir.Simulator.Engines;
using Weir.Simulator.Gemini;
using Weir.Simulator.Json;
using Weir.Simulator.Media;
using Weir.Simulator.Ollama;
using Weir.Simulator.OpenAi;
using Weir.Simulator.Realtime;
using Weir.Simulator.Records;
using Weir.Simulator.Replay;
using Weir.Simulator.Rerank;
using Weir.Simulator.Scripts;
using Weir.Simulator.Texts;

namespace Weir.Simulator;

/// <summary>
/// The simulated providers as one request handler. Paths are recognised by their end, so that a base address may
/// have any prefix.
/// </summary>
public sealed partial class SimulatorApp : IDisposable
{
    private readonly SimulatorOptions _options;
    private readonly PromptCache _cache;
    private readonly CallRunner _runner;
    private readonly ChatDialect _chat;
    private readonly ResponsesDialect _responses;
    private readonly MessagesDialect _messages;
    private readonly GenerateDialect _generate;
    private readonly CountHandler _geminiOther;
    private readonly ConverseDialect _converse;
    private readonly ConverseCountHandler _converseCount;
    private readonly OllamaDialect _ollama = new();
    private readonly CohereDialect _cohere = new();
    private readonly EmbeddingsHandler _embeddings;
    private readonly OneShotHandler _oneShot;
    private readonly CountTokensHandler _countTokens;
    private readonly MediaHandler _media;
    private readonly ObjectsHandler _objects;
    private readonly RealtimeHandler _realtime;
    private readonly InputTokensHandler _inputTokens;
    private readonly ModelList _models;
    private readonly SimEndpoints _sim;
    private readonly ReplayCorpus? _corpus;
    private readonly ReplayHandler? _replay;

    public SimulatorApp(SimulatorOptions options)
    {
        _options = options;
        Engine = new SimEngine(options.Places);
        _cache = new PromptCache(options.TimeProvider);
        _runner = new CallRunner(options);
        _chat = new ChatDialect(_cache);
        _responses = new ResponsesDialect(_cache, options.Seed);
        _messages = new MessagesDialect(_cache, options.Seed);
        _generate = new GenerateDialect(options.Seed);
        _geminiOther = new CountHandler(options, _generate);
        _converse = new ConverseDialect(options.Seed, options.TimeProvider);
        _converseCount = new ConverseCountHandler(options, _converse);
        _embeddings = new EmbeddingsHandler(options, _chat);
        _oneShot = new OneShotHandler(options, _cohere, _ollama, _chat);
        _countTokens = new CountTokensHandler(options, _messages);
        _media = new MediaHandler(options, _chat);
        _objects = new ObjectsHandler(options, _chat);
        _realtime = new RealtimeHandler(options);
        _inputTokens = new InputTokensHandler(options, _responses);
        _models = new ModelList(options);
        _sim = new SimEndpoints(State, Reset);
        if (options.ReplayDirectory is { } directory)
        {
            _corpus = new ReplayCorpus(directory);
            _replay = new ReplayHandler(_corpus, options.TimeProvider);
        }
    }

    /// <summary>What was served.</summary>
    public SimulatorState State { get; } = new();

    /// <summary>Rules that go before those of the options, from the next call on; null = none.</summary>
    internal SimulatorScript? Trouble { set => _runner.Trouble = value; }

    /// <summary>Its queue, as that of an inference server.</summary>
    internal SimEngine Engine { get; }

    /// <summary>Puts the simulator under <paramref name="prefix"/> of another application.</summary>
    public static void Map(IApplicationBuilder application, string prefix, SimulatorApp simulator) =>
        application.Map(prefix, branch => branch.Run(simulator.HandleAsync));

    /// <summary>Serves one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path.StartsWith("/sim/", StringComparison.Ordinal))
        {
            await _sim.HandleAsync(context, path);
            return;
        }

        try
        {
            await ServeAsync(context, path);
        }
        catch (Exception error) when (context.RequestAborted.IsCancellationRequested &&
            error is OperationCanceledException or IOException or ArgumentOutOfRangeException)
        {
            // The client went away in the middle of something; its call has a record. (The server's writer has no room
            // to offer for a connection that is gone, which the copying calls an argument error.)
        }
        catch (Exception error)
        {
            // A fault of the simulator itself: the server answers 500, and a test can see why.
            State.Failure = error;
            throw;
        }
    }

    public void Dispose()
    {
        Engine.Dispose();
        _corpus?.Dispose();
    }

    private async Task ServeAsync(HttpContext context, string path)
    {
        if (RealtimeHandler.Serves(path))
        {
            var session = new Call(context, RealtimeHandler.DialectName, State, _options);
            Capture(session, default);
            await _realtime.HandleAsync(session);
            return;
        }

        var named = _replay is null ? null : ReplayHandler.Named(context.Request);
        var name = named is not null ? ReplayHandler.DialectName
            : ObjectsHandler.Serves(path) ? ObjectsHandler.DialectName
            : !HttpMethods.IsPost(context.Request.Method) ? null
            : Name(path) ?? (_replay is null ? null : ReplayHandler.DialectName);
        if (name is not null)
        {
            var call = new Call(context, name, State, _options);
            try
            {
                using var body = await PooledBody.ReadAsync(context.Request);
                Capture(call, body.Bytes);
                using var place = await Engine.EnterAsync(context.RequestAborted);
                await (named is { } chosen ? _replay!.NamedAsync(call, chosen)
                    : _replay?.Match(context.Request, body.Bytes) is { } exchange ? _replay.ServeAsync(call, exchange, ReplayMode.Whole)
                    : AnswerAsync(call, body.Bytes));
            }
            finally
            {
                // Whatever went wrong on the way, every call begun has a record; usually it is filed already.
                call.Finish(Completion.Aborted, context.Response.HasStarted ? null : 0);
            }
        }
        else if (ResponseStoreHandler.Handle(context, path, _responses.Store, _options.RequiredKey))
        {
            return;
        }
        else if (HttpMethods.IsGet(context.Request.Method) && path.EndsWith("/metrics", StringComparison.Ordinal))
        {
            context.Response.ContentType = "text/plain; version=0.0.4";
            CallRunner.WriteUnflushed(context.Response, System.Text.Encoding.UTF8.GetBytes(Engine.Page()));
        }
        else if (HttpMethods.IsGet(context.Request.Method) && ModelsPath().IsMatch(path))
        {
            _models.Handle(context, path);
        }
        else if (HttpMethods.IsHead(context.Request.Method) && path.EndsWith("/api/hello", StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status200OK;
        }
        else
        {
            NotFound(context, path);
        }
    }

    private Task AnswerAsync(Call call, ReadOnlyMemory<byte> body)
    {
        // A signature covers the body, which the dialect sees only parsed.
        if (call.Dialect is ConverseDialect.DialectName or ConverseCountHandler.DialectName)
        {
            call.Http.Items[ConverseDialect.BodyHash] = Convert.ToHexStringLower(SHA256.HashData(body.Span));
        }

        switch (call.Dialect)
        {
            case ConverseCountHandler.DialectName:
                _converseCount.Handle(call, body);
                return Task.CompletedTask;
            case EmbeddingsHandler.DialectName:
                _embeddings.Handle(call, body);
                return Task.CompletedTask;
            case MediaHandler.DialectName:
                return _media.HandleAsync(call, body);
            case ObjectsHandler.DialectName:
                return _objects.HandleAsync(call, body);
            case CountHandler.DialectName:
                _geminiOther.Handle(call, body);
                return Task.CompletedTask;
            case InputTokensHandler.DialectName:
                _inputTokens.Handle(call, body);
                return Task.CompletedTask;
            case OneShotHandler.RerankName or OneShotHandler.CohereEmbedName or OneShotHandler.OllamaEmbedName:
                _oneShot.Handle(call, body);
                return Task.CompletedTask;
            case CountTokensHandler.DialectName:
                _countTokens.Handle(call, body);
                return Task.CompletedTask;
            case ReplayHandler.DialectName:
                NotFound(call.Http, call.Http.Request.Path.Value ?? "/");
                call.Finish(Completion.Rejected);
                return Task.CompletedTask;
            default:
                IDialect dialect = call.Dialect switch
                {
                    MessagesDialect.DialectName => _messages,
                    GenerateDialect.DialectName => _generate,
                    ConverseDialect.DialectName => _converse,
                    ResponsesDialect.DialectName => _responses,
                    OllamaDialect.DialectName => _ollama,
                    CohereDialect.DialectName => _cohere,
                    _ when TextDialect.ShapeOf(call.Http.Request.Path.Value!) is { } shape && call.Dialect == TextDialect.NameOf(shape) => new TextDialect(shape),
                    _ => _chat,
                };
                return _runner.RunAsync(call, dialect, body);
        }
    }

    private static string? Name(string path) =>
        path.EndsWith("/chat/completions", StringComparison.Ordinal) ? ChatDialect.DialectName
        : path.EndsWith("/responses", StringComparison.Ordinal) ? ResponsesDialect.DialectName
        : path.EndsWith("/responses/input_tokens", StringComparison.Ordinal) ? InputTokensHandler.DialectName
        : path.EndsWith("/messages", StringComparison.Ordinal) ? MessagesDialect.DialectName
        : path.EndsWith("/messages/count_tokens", StringComparison.Ordinal) ? CountTokensHandler.DialectName
        : OneShotHandler.NameOf(path) is { } oneShot ? oneShot
        : OllamaDialect.Serves(path) ? OllamaDialect.DialectName
        : path.EndsWith("/v2/chat", StringComparison.Ordinal) ? CohereDialect.DialectName
        : TextDialect.ShapeOf(path) is { } shape ? TextDialect.NameOf(shape)
        : path.EndsWith("/embeddings", StringComparison.Ordinal) ? EmbeddingsHandler.DialectName
        : MediaHandler.Serves(path) ? MediaHandler.DialectName
        : CountHandler.Serves(path) ? CountHandler.DialectName
        : GenerateDialect.Serves(path) ? GenerateDialect.DialectName
        : ConverseCountHandler.Serves(path) ? ConverseCountHandler.DialectName
        : ConverseDialect.Serves(path) ? ConverseDialect.DialectName
        : null;

    private static void NotFound(HttpContext context, string path)
    {
        using var buffer = new EventBuffer();
        OpenAiErrors.Write(new ApiFault(404, $"Invalid URL ({context.Request.Method} {path})", "invalid_request_error"), buffer);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "application/json";
        CallRunner.WriteUnflushed(context.Response, buffer.Written);
    }

    [GeneratedRegex("/models(/[^/:]+)?$")]
    private static partial Regex ModelsPath();

    private void Capture(Call call, ReadOnlyMemory<byte> body)
    {
        if (_options.CaptureRequests)
        {
            var request = call.Http.Request;
            call.Captured = new CapturedRequest(
                request.Method,
                request.Path.Value ?? "",
                request.QueryString.Value ?? "",
                [.. request.Headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? "")))],
                body.ToArray());
        }
    }

    private void Reset()
    {
        State.Reset();
        _cache.Clear();
        _objects.Clear();
        _options.Script?.Reset();
    }
}
