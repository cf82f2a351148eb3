using Microsoft.Extensions.Logging;
using Weir.Core.Budgets;
using Weir.Core.Continuity;
using Weir.Admin;
using Weir.Core.Dialects;
using Weir.Core.Dialects.AnthropicMessages;
using Weir.Core.Dialects.BedrockConverse;
using Weir.Core.Dialects.BedrockInvoke;
using Weir.Core.Dialects.CohereChat;
using Weir.Core.Dialects.CohereEmbed;
using Weir.Core.Dialects.CohereRerank;
using Weir.Core.Dialects.GeminiGenerate;
using Weir.Core.Dialects.GeminiLive;
using Weir.Core.Dialects.JinaRerank;
using Weir.Core.Dialects.OllamaChat;
using Weir.Core.Dialects.OllamaEmbed;
using Weir.Core.Dialects.OpenAiAudio;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Dialects.OpenAiCompletions;
using Weir.Core.Dialects.OpenAiEmbeddings;
using Weir.Core.Dialects.OpenAiImages;
using Weir.Core.Dialects.OpenAiModerations;
using Weir.Core.Dialects.OpenAiObjects;
using Weir.Core.Dialects.OpenAiRealtime;
using Weir.Core.Dialects.OpenAiResponses;
using Weir.Core.Dialects.TgiGenerate;
using Weir.Core.Dialects.TritonGenerate;
using Weir.Core.Identity;
using Weir.Core.Spine;
using Weir.Core.Spine.Continuations;
using Weir.Core.Spine.Sessions;
using Weir.Core.Spine.Steps;
using Weir.Core.Telemetry;
using Weir.Core.Tokens;
using Weir.Core.Upstream;
using Weir.Core.Upstream.Auth;
using Weir.Core.Upstream.Pools;
using Weir.Http;
using Weir.Stores.Secrets;
using Weir.Stores.Sqlite;
using Weir.Core.Routing;
using Weir.Core.Routing.Affinity;
using Weir.Core.Routing.Content;
using Weir.Core.Routing.Health;
using Weir.Core.Routing.Pools;

namespace Weir.Hosting;

/// <summary>Makes the ten steps and what they need, and joins them.</summary>
internal sealed class SpineComposition(WeirHostOptions options, ILoggerFactory logs, Action<object> own)
{
    /// <summary>The entrance of the spine.</summary>
    public Accept Compose(WeirHost host, ControlDatabase control, InstallationSecrets secrets, KeyDirectory directory, CallTracer tracer,
        AccessLog? accessLog, CancellationToken draining)
    {
        var (time, random, ledger, metrics, snapshots) = (options.Time, SystemRandomBytes.Instance, host.Ledger, host.Metrics, host.Snapshots);
        var chat = new OpenAiChatDialect();
        var responses = new OpenAiResponsesDialect();
        var messages = new AnthropicMessagesDialect();
        var embeddings = new OpenAiEmbeddingsDialect();
        var gemini = new GeminiGenerateDialect();
        var ollama = new OllamaChatDialect();
        var dialects = new DialectTable(
        [
            chat, responses, messages, embeddings, gemini, new OpenAiCompletionsDialect(),
            new BedrockConverseDialect(), new BedrockInvokeDialect(),
            ollama, new OllamaEmbedDialect(),
            new CohereChatDialect(), new CohereEmbedDialect(), new CohereRerankDialect(), new JinaRerankDialect(),
            new TritonGenerateDialect(), new TgiGenerateDialect(),
            new OpenAiImagesDialect(), new OpenAiAudioDialect(), new OpenAiModerationsDialect(), new OpenAiObjectsDialect(),
            new OpenAiRealtimeDialect(), new GeminiLiveDialect(),
        ]);
        var clients = Owned(new UpstreamClients());
        var owners = new SqliteObjectOwners(control);
        var admission = new OpenAdmission();
        var state = Owned(new SqliteTenantState(control, secrets, random, time, logs.CreateLogger<SqliteTenantState>()));
        var memory = new ReasoningMemory(state);
        var answers = new AnswerMemory(state);
        var shared = host.SharedHealth;
        var sharedCredentials = shared is null ? null : Owned(new SharedCredentials(shared, secrets.SharedKey, time));
        var auths = new UpstreamAuths(Owned(new TokenTransport()), new CredentialHost(options.Environment), time, sharedCredentials);
        var rotation = new CredentialRotation(auths);
        var tokens = new TokenCounter(time);
        var settle = new Settle(ledger, admission, new BatchCharges(owners, ledger, time), tokens, metrics, time);
        var identify = new Identify(directory, time);
        var chance = options.Chance ?? SeededRandomSource.From(random);
        var states = Owned(new TargetStates(options.Breaker, chance, time, shared));
        host.Targets = states;
        var door = new ProviderDoor(clients, auths, time);
        _ = Owned(new HealthProber(snapshots, door, states, time));
        var pools = host.Pools = new EndpointPools(chance, options.Breaker);
        Owned(new PoolWatch(snapshots, pools, new EndpointScraper(clients, time), new PoolResolver(pools, new SystemHostAddresses()), time)).Start();
        var servers = new EndpointRotation(pools, time);
        var warmth = new AffinityTable(time);
        var router = new Router(new EligibilityFilters(dialects, tokens), states, chance, time, warmth, tokens);
        var relay = new Relay(settle, memory, answers, new ObjectKeeping(owners, new ObjectLists(owners), time), tokens, metrics, time);
        var runner = new AttemptRunner(clients, rotation, servers, relay, new SessionRelay(clients, settle, new SessionWatch(directory, time, draining), time), memory, time);
        var dispatch = new Dispatch(new AttemptLoop(runner, rotation, servers, new PrefillTargets(dialects), states, settle, tracer, chance, time), relay, time);
        var report = new Report(ledger, metrics, accessLog, time);
        var shadows = Owned(new Shadows(dispatch, settle, report, time, static () => ThreadPool.PendingWorkItemCount > 4 * Environment.ProcessorCount));
        var read = new Read(answers, Path.Combine(options.DataDirectory, "spool"), time);
        host.Shadows = shadows;
        var route = new Route(router, new RouteObjects(owners, answers, time), new RouteToHolder(owners, answers), new ContentReader(host.Difficulty, chance), new ContentClassifiers(clients, auths, time),
            new EndUserHasher(secrets.EndUserKey.Span));
        var endpoints = new EndpointTable(dialects);
        host.Discovery = new ModelDiscovery(door, time);
        _ = Owned(new DiscoveryWatch(snapshots, host.Discovery, time, chance, logs.CreateLogger<DiscoveryWatch>()));
        host.Routing = new RoutingTools(new DryRun(read, route, time), endpoints, dialects, tokens, states, host.Configuration.LookAt);
        var pipeline = new CallPipeline(
            identify,
            read,
            route,
            new Admit(admission),
            new Inspect([]),
            dispatch,
            settle,
            report,
            shadows,
            warmth);
        var ids = new RequestIds(time);
        return new Accept(snapshots, endpoints, ids, pipeline,
            new ModelLists(snapshots, identify, chat, messages, gemini, ids), new OllamaModels(snapshots, identify, ollama, ids),
            new KeptAnswers(snapshots, identify, answers, door, responses, ids), tracer, metrics, time);
    }

    private T Owned<T>(T part)
        where T : class
    {
        own(part);
        return part;
    }
}
