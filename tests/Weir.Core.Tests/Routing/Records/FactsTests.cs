using System.Text;
using System.Text.Json;
using Weir.Core.Configuration;
using Weir.Core.Continuity;
using Weir.Core.Dialects;
using Weir.Core.Dialects.AnthropicMessages;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Identity;
using Weir.Core.Routing;
using Weir.Core.Routing.Health;
using Weir.Core.Routing.Records;
using Weir.Core.Spine;
using Weir.Core.Tests.Configuration;
using Weir.Core.Tokens;

namespace Weir.Core.Tests.Routing.Records;

/// <summary>Record → facts → the same decision, under the same configuration.</summary>
public sealed class FactsTests
{
    private const string Configuration = RouteKit.Providers + """
        models:
          - {name: gpt-4o, targets: [{provider: azure-eu, model: gpt-4o, contextWindow: 2000, capabilities: [vision]}, {provider: azure-us, model: gpt-4o}, {provider: silent, model: gpt-4o}]}
          - {name: small, targets: [{provider: silent, model: small}]}
        routes:
          - {name: tenant, match: {tenants: [acme], models: [gpt-4o]}, require: {residency: [eu]}}
          - {name: label, match: {labels: {workload: [support]}}, plan: {split: {percent: 40, to: small, rest: gpt-4o, by: key}}}
          - {name: big, match: {inputTokens: {min: 500}}, plan: {weighted: [{weight: 3, plan: gpt-4o}, {weight: 1, plan: small}]}}
          - {name: german, match: {languages: [de]}, plan: {fallback: [small, gpt-4o]}}
          - {name: words, match: {when: 'request.max_output_tokens > 10 && caller.region == "eu" && time.hour > 6'}, require: {providers: {deny: [azure-us]}}}
          - {name: users, match: {when: 'request.messages > 4'}, plan: {split: {percent: 50, to: small, rest: gpt-4o, by: user}}}
          - {name: tools, match: {when: 'request.has_tools || request.messages > 3'}, plan: {priority: [gpt-4o, small]}}
        """;

    private static readonly EndUserHasher Users = new(new byte[32]);

    private static readonly DialectTable Dialects = new([new OpenAiChatDialect(), new AnthropicMessagesDialect()]);

    [Fact]
    public void A_recorded_call_is_decided_as_it_was()
    {
        var snapshot = Kit.Good(Configuration);
        var routes = new HashSet<string>();
        for (var seed = 0; seed < 2000; seed++)
        {
            var call = Call(new Random(seed));
            var (plan, error) = Router(seed).Decide(snapshot, call);
            var record = new DecisionRecord(TimeProvider.System).Write(snapshot.Hash, call, plan, error);
            using var document = JsonDocument.Parse(record);
            var (again, why) = new FactsReader(Dialects).Read(document.RootElement, call.At);
            Assert.True(again is not null, why);

            var (planAgain, errorAgain) = Router(seed).Decide(snapshot, again.Call);
            Assert.Equal(Text(plan), Text(planAgain));
            Assert.Equal(error?.Code, errorAgain?.Code);
            Assert.Null(again.Missing);
            routes.Add(plan?.Route?.Name ?? error?.Code ?? "none");
        }
        Assert.Superset(new HashSet<string> { "tenant", "label", "big", "german", "words", "users", "tools", "none", "model_not_granted", "model_not_found" }, routes);
    }

    [Fact]
    public void What_nobody_looked_at_then_is_said_to_be_missing_now()
    {
        var call = Call(new Random(3)) with { Content = ContentSignals.Unknown, Affinity = AffinityKeys.None };
        using var document = JsonDocument.Parse(new DecisionRecord(TimeProvider.System).Write("x", call, null, null));
        var again = new FactsReader(Dialects).Read(document.RootElement, call.At).Call!;
        Assert.Null(again.Missing);
        Assert.Null(again.Call.Content.Language);
        Assert.Contains("language", again.Missing, StringComparison.Ordinal);
        again = new FactsReader(Dialects).Read(document.RootElement, call.At).Call!;
        Assert.Empty(again.Call.Affinity.Prefixes);
        Assert.Contains("prompt", again.Missing, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_an_end_user_only_a_hash_is_kept_and_a_rule_about_the_id_says_so()
    {
        var call = Call(new Random(1)) with { User = Users.Of("acme", "jane.doe@example.com") };
        var record = new DecisionRecord(TimeProvider.System).Write("x", call, null, null);
        Assert.DoesNotContain("jane", Encoding.UTF8.GetString(record.Span), StringComparison.Ordinal);
        using var document = JsonDocument.Parse(record);
        var again = new FactsReader(Dialects).Read(document.RootElement, call.At).Call!;
        Assert.Equal(call.User!.Hash, again.Call.User!.Hash);
        Assert.Null(again.Missing);

        Router(1).Decide(Kit.Good(RouteKit.Providers + """
            models: [{name: gpt-4o, targets: [{provider: azure-eu}, {provider: silent}]}]
            routes: [{name: r, match: {when: 'request.user == "jane.doe@example.com"'}, require: {residency: [eu]}}]
            """), again.Call);

        Assert.Contains("only a hash is kept", again.Missing, StringComparison.Ordinal);
    }

    [Fact]
    public void However_much_a_call_brings_its_record_stays_small_and_says_what_it_left_out()
    {
        var call = Call(new Random(1));
        var many = Enumerable.Range(0, 5000).ToDictionary(i => $"label-{i}-{new string('x', 900)}", i => new string('y', 900));
        call = call with
        {
            Asked = new string('m', 100_000),
            Labels = many,
            Content = new ContentSignals { Findings = many.Keys.ToHashSet() },
            Affinity = new AffinityKeys { Prefixes = [.. Enumerable.Range(0, 9000).Select(i => (ulong)i)] },
            Caller = call.Caller with { Key = call.Caller.Key with { Models = [.. many.Keys] } },
        };
        var removed = Enumerable.Range(0, 3000).Select(i => new RemovedCandidate($"t{i}", new string('r', 10_000), "region")).ToList();
        var plan = new Plan(new PublicModel { Name = "m", Targets = [] }, [], removed) { Steps = [.. removed.Select(r => new Core.Routing.Plans.PlanStep("split", r.Reason))] };
        var record = new DecisionRecord(TimeProvider.System).Write("x", call, plan, null);
        Assert.InRange(record.Length, 1, 96 << 10);
        using var document = JsonDocument.Parse(record);
        Assert.Equal(5000 - RecordLimits.Facts, document.RootElement.GetProperty("facts").GetProperty("labelsOmitted").GetInt32());
        Assert.Equal(3000 - RecordLimits.Entries, document.RootElement.GetProperty("candidatesOmitted").GetInt32());
        Assert.Equal(3000 - RecordLimits.Entries, document.RootElement.GetProperty("stepsOmitted").GetInt32());
        Assert.Contains("is cut", new FactsReader(Dialects).Read(document.RootElement, call.At).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "no facts")]
    [InlineData("""{"facts":{"dialect":"klingon"}}""", "does not speak")]
    [InlineData("""{"facts":{"dialect":"openai-chat","operation":"files"}}""", "not routed")]
    [InlineData("""{"facts":{"dialect":"openai-chat","operation":"chat","tenant":5},"route":7}""", "damaged")]
    [InlineData("""{"facts":{"dialect":"openai-chat","operation":"chat","tenant":"t","keyId":"k","user":"u"},"route":{"asked":"m"}}""", "earlier version")]
    [InlineData("""[1]""", "no facts")]
    public void Records_that_do_not_suffice_say_why(string record, string why)
    {
        using var document = JsonDocument.Parse(record);
        var (call, reason) = new FactsReader(Dialects).Read(document.RootElement, Kit.Now);
        Assert.Null(call);
        Assert.Contains(why, reason, StringComparison.Ordinal);
    }

    private static Router Router(int seed) => new(new EligibilityFilters(Dialects, new TokenCounter(TimeProvider.System)), new TargetStates(), new SeededRandomSource((ulong)seed), TimeProvider.System);

    private static RouteCall Call(Random random)
    {
        T Pick<T>(params T[] from) => from[random.Next(from.Length)];
        bool Coin() => random.Next(2) == 0;
        var call = RouteKit.Call(Pick("gpt-4o", "gpt-4o", "small", "nothing"), Pick("acme", "default", "other"), Pick(null, "core"), Pick("app", "ci"),
            Coin() ? new Dictionary<string, string> { ["workload"] = Pick("support", "code") } : null, Pick(10L, 3000, 60_000), Coin(), null, Pick<IReadOnlyList<string>>(["*"], ["*"], ["gpt-*"]));
        return call with
        {
            User = Users.Of(call.Caller.Tenant, Pick(null, "u-1", "u-2", "u-3", new string('u', 5000))),
            Dialect = Pick(Dialects.All[0], Dialects.All[1]),
            At = Kit.Now.AddHours(random.Next(24)),
            Region = Pick(null, "eu", "us"),
            Facts = new RequestFacts
            {
                Model = call.Asked,
                PromptTextBytes = call.Facts.PromptTextBytes,
                HasTools = Coin(),
                HasMedia = Coin(),
                MessageCount = random.Next(6),
                MaxOutputTokens = Pick<long?>(null, 5, 500),
                Stream = Coin(),
                Choices = Pick(1, 2),
            },
            Named = random.Next(4) == 0 ? [new NamedPlace(new ObjectMention("file-1", "file"), Coin() ? new AnswerPlace("azure-eu", null) : null)] : [],
            Content = new ContentSignals { Language = Pick(null, "de", "en"), Intent = Pick(null, "", "refund"), IntentConfidence = 0.5, Difficulty = Pick<double?>(null, 0.3) },
            Affinity = new AffinityKeys { Session = Coin() ? (ulong)random.NextInt64() : null, Key = ulong.MaxValue - (ulong)random.Next(20), Prefixes = [1, ulong.MaxValue] },
        };
    }

    private static string Text(Plan? plan) => plan is null ? "no plan"
        : new StringBuilder(plan.Route?.Name).Append(plan.Model.Name).AppendJoin(',', plan.Targets.Select(t => t.Target.Name + t.Dialect.Name))
            .AppendJoin(',', plan.Removed.Select(r => r.Target + r.Reason)).AppendJoin(',', plan.Steps.Select(s => s.Node + s.Choice)).ToString();
}
