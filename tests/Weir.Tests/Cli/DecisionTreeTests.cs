using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Weir.Admin;
using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Continuity;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Errors;
using Weir.Core.Identity;
using Weir.Core.Metering;
using Weir.Core.Providers;
using Weir.Core.Routing;
using Weir.Core.Routing.Plans;
using Weir.Core.Routing.Pools;
using Weir.Core.Spine;
using Weir.Core.Spine.Continuations;
using Weir.Tests.Admin;
using Xunit;

namespace Weir.Tests.Cli;

/// <summary>Whatever a record says, the tree shows.</summary>
public sealed class DecisionTreeTests
{
    private static readonly Target First = FakeSnapshots.Target with
    {
        Provider = FakeSnapshots.Target.Provider with
        {
            Credentials = [new UpstreamCredential("blue", 1, HeaderAuth.Of(AuthScheme.Bearer, new Credential("a", "env:A"))!), new UpstreamCredential("green", 1, HeaderAuth.Of(AuthScheme.Bearer, new Credential("b", "env:B"))!)],
        },
    };

    [Fact]
    public async Task Every_value_that_is_written_is_shown()
    {
        await using var server = await AdminTestServer.StartAsync();
        var record = JsonNode.Parse(new DecisionRecord(TimeProvider.System).Write(Everything()).Span)!;
        var values = Values(record).ToList();
        Assert.True(values.Count > 70, $"{values.Count} values");
        var number = 0;
        var plain = await PrintAsync(record);
        foreach (var (path, set, changed) in values)
        {
            set(changed);
            var shown = await PrintAsync(record);
            Assert.True(plain != shown, $"{path} is written and not shown:\n{plain}");
            set(null);
        }

        async Task<string> PrintAsync(JsonNode decision)
        {
            var call = Fixtures.Call(++number);
            server.Ledger.Add(call with { Decision = Encoding.UTF8.GetBytes(decision.ToJsonString()) });
            var (exit, output, error) = await new CliRun().RunAsync(server, "explain", call.Id);
            Assert.True(exit == 0, error);
            return output[output.IndexOf("Route", StringComparison.Ordinal)..];
        }
    }

    /// <summary>Every value below, with what sets it to another one, and back.</summary>
    private static IEnumerable<(string Path, Action<JsonNode?> Set, JsonNode Changed)> Values(JsonNode node)
    {
        var children = node is JsonObject record ? record.Select(p => (Name: (object)p.Key, p.Value)).ToList()
            : node is JsonArray list ? [.. list.Select((v, i) => (Name: (object)i, Value: v))] : [];
        foreach (var (name, value) in children)
        {
            if (value is JsonObject or JsonArray)
            {
                foreach (var below in Values(value))
                    yield return below;
                continue;
            }
            var was = value?.DeepClone();
            yield return ($"{node.GetPath()}.{name}", next => Put(node, name, next ?? was?.DeepClone()), Other(value));
        }
    }

    private static void Put(JsonNode node, object name, JsonNode? value)
    {
        if (node is JsonObject record)
            record[(string)name] = value;
        else
            node[(int)name] = value;
    }

    private static JsonNode Other(JsonNode? value) => value?.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.Number => value.GetValue<double>() * 3 + 17,
        System.Text.Json.JsonValueKind.True => false,
        System.Text.Json.JsonValueKind.False => true,
        _ => "zz-changed",
    };

    private static Exchange Everything()
    {
        var dialect = new OpenAiChatDialect();
        var key = Fixtures.Key("key_1", "ci") with { Models = ["gpt-*"] };
        var caller = new Caller("acme", "platform", key);
        var facts = new RequestFacts
        {
            Model = "gpt-4o",
            Stream = true,
            HasTools = true,
            HasMedia = true,
            PromptTextBytes = 4800,
            MessageCount = 3,
            MaxOutputTokens = 500,
            Choices = 2,
        };
        var call = new RouteCall
        {
            Asked = "gpt-4o",
            Dialect = dialect,
            Operation = Operation.Chat,
            Caller = caller,
            Facts = facts,
            User = new EndUser("user-1", "0f1e2d3c4b5a69780f1e2d3c4b5a6978"),
            Region = "eu-west",
            At = Fixtures.Now,
            Labels = new Dictionary<string, string> { ["workload"] = "support" },
            Named = [new NamedPlace(new ObjectMention("file-1", "file"), new AnswerPlace("openai", null))],
            Content = new ContentSignals { Intent = "refund", IntentConfidence = 0.7, Difficulty = 0.4, Language = "de", PrefersStrong = true, Findings = new HashSet<string> { "pii.email" } },
            Affinity = new AffinityKeys { Session = 1, Key = 2, Prefixes = [3, 4] },
        };
        var planned = new PlannedTarget(First, dialect, First.Provider.BaseUrl, true)
        {
            Score = new TargetScore(0.4, [new ScorePart("cost", 120, 0.1), new ScorePart("latency", 800, 0.2), new ScorePart("quality", 0.8, 0.1), new ScorePart("region", 2, 0)]),
        };
        var shadow = planned with { Target = First with { Name = "openai/shadow" } };
        var larger = planned with { Target = First with { Name = "openai/larger" }, Score = null };
        var exchange = new Exchange("01hzy", new DryRunChannel(new Dictionary<string, string>(), default, "", default), FakeSnapshots.Default, dialect, Operation.Chat, Fixtures.Now, 0)
        {
            Caller = caller,
            Facts = facts,
            Call = call,
            CommittedAfter = TimeSpan.FromMilliseconds(331),
            Error = Error("late"),
            ShadowOf = "01abc",
            Plan = new Plan(new PublicModel { Name = "gpt", Targets = [First] }, [planned], [new RemovedCandidate("azure/gpt-4o", "it is elsewhere", "region")])
            {
                Route = new ModelRoute
                {
                    Name = "support",
                    Order = 0,
                    Match = new Always(),
                    Overrides = new RouteOverrides { MaxTokens = 800, MinTemperature = 0.1, MaxTemperature = 0.9, Parameters = [new ParameterOverride("top_p", "1")] },
                },
                Steps = [new PlanStep("weighted", "drew 3 of 10")],
                Panic = true,
                Shadows = [shadow],
                ContextFallback = [larger],
            },
        };
        exchange.Attempts.Add(Attempt(planned));
        return exchange;
    }

    private static Attempt Attempt(PlannedTarget planned)
    {
        var notes = new TranslationNotes();
        notes.Drop("$.seed", "there is no such field");
        var intent = new LedgerEntry { Id = "1.1", RequestId = "1", Attempt = 1, StartedAt = Fixtures.Now, Tenant = "acme", KeyId = "key_1", Model = "gpt-4o", Provider = "openai", UpstreamModel = "gpt-4o", Operation = "chat" };
        var attempt = new Attempt(1, planned, intent, 50_000_000)
        {
            Credential = planned.Target.Provider.Credentials[1],
            Endpoint = new PoolEndpoint(new Uri("http://gpu-1:8000/v1")).Enter(new PoolCall { Model = "m" }, new EndpointScore { Prefix = 1, Queue = 2, Running = 3, Cache = 4, Adapter = 5, Unwell = 6 }, Fixtures.Now),
            Lane = Lane.Translate,
            Notes = notes,
            Status = 503,
            Outcome = AttemptOutcome.TimedOut,
            Patience = new ContentPatience(TimeSpan.FromSeconds(45), PatienceBasis.Seen),
            Error = Error("upstream_error"),
            TimeToFirstToken = TimeSpan.FromMilliseconds(200),
            Duration = TimeSpan.FromMilliseconds(1200),
            Facts = new ResponseFacts { FinishReason = "stop" },
            Settlement = new LedgerSettlement
            {
                Outcome = AttemptOutcome.Failed,
                Status = 503,
                UsageSource = UsageSource.Reported,
                Cost = new Money(123),
                PriceState = PriceState.Estimated,
                PriceRow = "openai/gpt-4o",
                ServedModel = "gpt-4o-2024",
                Duration = TimeSpan.FromSeconds(1),
                Usage = new Usage
                {
                    InputUncached = 1,
                    CacheRead = 2,
                    CacheWrite5m = 3,
                    CacheWrite1h = 4,
                    InputAudio = 5,
                    InputImage = 6,
                    OutputVisible = 7,
                    Reasoning = 8,
                    OutputAudio = 9,
                    OutputImage = 10,
                    SearchUnits = 11,
                    Images = 12,
                    AudioSeconds = 13,
                    Characters = 14,
                },
            },
        };
        attempt.Changed.Add("temperature");
        attempt.Prefill = Begun(attempt);
        attempt.IsCommitted = true;
        attempt.NotContinued = "nobody is left";
        return attempt;
    }

    private static Prefill Begun(Attempt cut)
    {
        var answer = new OpenAnswer(new OpenAiChatDialect().CreateResponseWriter(new ResponseShape(true, true, "gpt-4o", "1", 0)), []);
        var output = new ArrayBufferWriter<byte>();
        answer.Write(new ModelEvent.BlockStart(0, BlockKind.Text), output);
        answer.Write(new ModelEvent.TextDelta(0, "So far \n"), output);
        return new Prefill(answer, cut, default, cut.Planned, PrefillForm.Plain);
    }

    private static GatewayError Error(string code) => new(ErrorKind.UpstreamFailed, Step.Dispatch, Party.Upstream, 502, code, "It did not work.") { Detail = "Connection reset." };

    private sealed class Always : IRouteMatch
    {
        public bool Matches(RouteCall call) => true;
    }
}
