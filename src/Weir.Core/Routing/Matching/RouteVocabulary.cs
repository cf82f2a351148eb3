using Weir.Core.Expressions;

namespace Weir.Core.Routing.Matching;

/// <summary>The names that conditions of routes and plans may use, and their values for a call.</summary>
public static class RouteVocabulary
{
    private const string Content = "content.";
    private static readonly Func<RouteCall, Value>[] Readers;

    static RouteVocabulary()
    {
        var readers = new List<Func<RouteCall, Value>>();
        var names = Vocabulary.Create();
        Add("request.model", ExpressionType.String, "the model asked for", c => Value.Of(c.Asked), 200);
        Add("request.operation", ExpressionType.String, "what is asked for, in the words of match.operations", c => Value.Of(OperationNames.Of(c.Operation)), 20);
        Add("request.dialect", ExpressionType.String, "the API the client speaks: openai-chat, anthropic-messages, …", c => Value.Of(c.Dialect.Name), 40);
        Add("request.stream", ExpressionType.Bool, "the client wants a stream", c => Value.Of(c.Facts.Stream));
        Add("request.input_tokens", ExpressionType.Int, "size of the prompt; four bytes of text count as a token", c => Value.Of(c.InputTokens));
        Add("request.max_output_tokens", ExpressionType.Int, "the client's cap on the answer; absent when it set none", c => c.Facts.MaxOutputTokens is { } cap ? Value.Of(cap) : Value.Absent);
        Add("request.messages", ExpressionType.Int, "number of messages, or of inputs", c => Value.Of((long)c.Facts.MessageCount));
        Add("request.has_tools", ExpressionType.Bool, "tools are offered", c => Value.Of(c.Facts.HasTools));
        Add("request.has_media", ExpressionType.Bool, "images, documents or audio are in it", c => Value.Of(c.Facts.HasMedia));
        Add("request.user", ExpressionType.String, "the end user's id that the client sent; absent when it sent none", c => Value.Of(c.User?.Id));
        Add("caller.tenant", ExpressionType.String, "tenant of the key", c => Value.Of(c.Caller.Tenant), 200);
        Add("caller.team", ExpressionType.String, "team of the key; absent when it has none", c => Value.Of(c.Caller.Team), 200);
        Add("caller.key", ExpressionType.String, "name of the key", c => Value.Of(c.Caller.Key.Name), 200);
        Add("caller.region", ExpressionType.String, "where the caller is; absent when nobody says", c => Value.Of(c.Region), 64);
        Add("labels", ExpressionType.MapOf(ExpressionType.String, ExpressionType.String), "labels that the key grants, and those of the caller that it allows", c => Value.Of(c.LabelMap));
        Add("content.intent", ExpressionType.String, "intent class; \"\" = none of them, absent = nobody can say", c => Value.Of(c.Content.Intent), 200);
        Add("content.intent_confidence", ExpressionType.Double, "how sure that is, 0 to 1", c => Value.Of(c.Content.IntentConfidence));
        Add("content.difficulty", ExpressionType.Double, "how hard the task is, 0 to 1; absent = nobody can say", c => c.Content.Difficulty is { } d ? Value.Of(d) : Value.Absent);
        Add("content.strong", ExpressionType.Bool, "the strong model of signals.difficulty is to answer; absent = no pair is declared", c => c.Content.PrefersStrong is { } strong ? Value.Of(strong) : Value.Absent);
        Add("content.language", ExpressionType.String, "ISO 639-1 code of the language; absent = nobody can say", c => Value.Of(c.Content.Language), 20);
        Add("content.findings", ExpressionType.ListOf(ExpressionType.String), "words for what was found: pii.email, secret, …", c => Value.Of(ValueList.Of((IReadOnlyList<string>)[.. c.Content.Findings.Order(StringComparer.Ordinal)])), 64);
        Add("time.now", ExpressionType.Timestamp, "when the call arrived", c => Value.Of(c.At));
        Add("time.hour", ExpressionType.Int, "hour of that, 0 to 23, UTC", c => Value.Of((long)c.At.UtcDateTime.Hour));
        Add("time.weekday", ExpressionType.Int, "day of that, 1 = Monday to 7 = Sunday, UTC", c => Value.Of(c.At.UtcDateTime.DayOfWeek is var d and not DayOfWeek.Sunday ? (long)d : 7L));
        Names = names.Build();
        Readers = [.. readers];

        void Add(string name, ExpressionType type, string description, Func<RouteCall, Value> read, int? size = null)
        {
            names.Add(name, type, description, size);
            readers.Add(read);
        }
    }

    /// <summary>Every name with its type and meaning.</summary>
    public static Vocabulary Names { get; }

    /// <summary>Reading it may mean to look into the content.</summary>
    public static bool IsOfContent(Variable variable) => variable.Name.StartsWith(Content, StringComparison.Ordinal);

    /// <summary>The value of a variable of <see cref="Names"/>.</summary>
    internal static Value Read(RouteCall call, Variable variable) => Readers[variable.Index](call);
}
