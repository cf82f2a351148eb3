using System.Text;
using System.Text.Json;
using Weir.Core.Dialects;
using Weir.Core.Dialects.AnthropicMessages;
using Weir.Core.Dialects.GeminiGenerate;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Dialects.OpenAiEmbeddings;
using Weir.Core.Dialects.OpenAiResponses;
using Weir.Core.Routing;
using Weir.Core.Routing.Content;
using Weir.Core.Semantics.External;
using Weir.Core.Semantics.Intents;
using Weir.Core.Tests.Semantics.Intents;

namespace Weir.Core.Tests.Routing.Content;

public sealed class CallContentTests
{
    private static readonly IntentModel Model = IntentTrainer.Train(OwnIntents.Classes, new IntentOptions(), CancellationToken.None);
    private static readonly ContentReader Reader = new(new DifficultyModels(), new SeededRandomSource(1));

    private static CallContent Of(IDialect dialect, string body, ContentSetup setup, CallHead? head = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var at = head ?? new CallHead(Operation.Chat);
        var facts = dialect.ReadFacts(bytes, at);
        Assert.True(facts.IsOk, facts.Error?.Message);
        return Reader.Of(setup, dialect, at, facts.Facts, bytes);
    }

    private static CallContent Chat(string text, ContentSetup setup) => Of(new OpenAiChatDialect(),
        $$"""{"model":"m","messages":[{"role":"user","content":"what is the weather like today"},{"role":"assistant","content":"Sunny."},{"role":"user","content":{{JsonSerializer.Serialize(text)}}}]}""", setup);

    [Fact]
    public void The_intent_is_that_of_what_the_user_said_last()
    {
        var content = Chat("please give me a refund for the lamp that came broken", new ContentSetup { Intents = Model });
        Assert.Equal("refund", content.Intent);
        Assert.InRange(content.IntentConfidence, 0.3, 1);
        Assert.Equal("en", content.Language);
        Assert.InRange(content.Difficulty!.Value, 0, 1);
        Assert.Null(content.PrefersStrong);
    }

    [Fact]
    public void What_belongs_to_no_class_is_out_of_scope_and_without_classes_nobody_can_say()
    {
        Assert.Equal("", Chat("квантовая хромодинамика", new ContentSetup { Intents = Model }).Intent);
        Assert.Null(Chat("refund me", ContentSetup.None).Intent);
    }

    [Fact]
    public void Every_dialect_is_understood()
    {
        var setup = new ContentSetup { Intents = Model };
        const string text = "translate this menu into German";
        Assert.Equal("translate", Of(new AnthropicMessagesDialect(), $$"""{"model":"m","max_tokens":9,"messages":[{"role":"user","content":[{"type":"text","text":"{{text}}"}]}]}""", setup).Intent);
        Assert.Equal("translate", Of(new OpenAiResponsesDialect(), $$"""{"model":"m","input":"{{text}}"}""", setup).Intent);
        Assert.Equal("translate", Of(new GeminiGenerateDialect(), $$"""{"contents":[{"role":"user","parts":[{"text":"{{text}}"}]}]}""", setup, new CallHead(Operation.Chat) { Model = "m" }).Intent);
    }

    [Fact]
    public void A_call_without_a_conversation_has_no_content()
    {
        var content = Of(new OpenAiEmbeddingsDialect(), """{"model":"m","input":"refund"}""", new ContentSetup { Intents = Model }, new CallHead(Operation.Embeddings));
        Assert.Null(content.Intent);
        Assert.Null(content.Difficulty);
        Assert.Null(content.Language);
    }

    [Fact]
    public void What_nobody_asked_for_is_not_found_out()
    {
        var content = Chat("track my package please", new ContentSetup { Intents = Model });
        Assert.Equal(ContentSignals.Unknown, content.Known);
        Assert.Equal("en", content.Language);
        Assert.Equal(new ContentSignals { Language = "en", Read = SignalKinds.Language }, content.Known);
    }

    [Fact]
    public void A_service_is_asked_for_only_when_a_rule_wants_the_intent()
    {
        var setup = new ContentSetup { Classifier = new ClassifierSetup { Provider = null!, Path = "x", Deadline = TimeSpan.FromSeconds(1), Classes = OwnIntents.Classes, Default = "refund" } };
        var content = Chat("please tell me what this is all about", setup);
        Assert.Equal("en", content.Language);
        Assert.False(content.WantsClassifier);
        Assert.Null(content.Intent);
        Assert.True(content.WantsClassifier);
        content.Take(new BoundedVerdict(new ContentVerdict("weather", 0.8f), VerdictSource.Classifier));
        Assert.False(content.WantsClassifier);
        Assert.Equal("weather", content.Intent);

        var silent = Chat("please tell me what this is all about", setup);
        Assert.Null(silent.Intent);
        silent.Take(new BoundedVerdict(default, VerdictSource.DeadlinePassed));
        Assert.Equal("refund", silent.Intent);
        Assert.Equal(VerdictSource.DeadlinePassed, silent.ClassifierSource);
    }

    [Fact]
    public void The_strong_model_gets_its_share_and_feedback_is_learnt_once()
    {
        var models = new DifficultyModels();
        var reader = new ContentReader(models, new SeededRandomSource(7));
        var setup = new ContentSetup { Difficulty = new DifficultySetup("big", "small", 0.3f, 0) };
        var strong = 0;
        for (var i = 0; i < 1000; i++)
        {
            var text = i % 3 == 0 ? $"Prove step by step that the sum of the first {i} odd numbers is a square, and why." : $"Say hello to {i}.";
            var bytes = Encoding.UTF8.GetBytes($$"""{"model":"m","messages":[{"role":"user","content":"{{text}}"}]}""");
            var dialect = new OpenAiChatDialect();
            var content = reader.Of(setup, dialect, new CallHead(Operation.Chat), dialect.ReadFacts(bytes, new CallHead(Operation.Chat)).Facts!, bytes);
            var choice = content.PrefersStrong;
            Assert.Equal(choice, content.PrefersStrong);
            strong += choice == true ? 1 : 0;
            content.AwaitFeedback($"r{i}", choice);
        }
        Assert.InRange(strong, 250, 350);
        Assert.True(models.Learn("r5", 1));
        Assert.False(models.Learn("r5", 1));
        Assert.False(models.Learn("unknown", 1));
        Assert.Equal(1, models.Of("big", "small").Learned);
    }
}
