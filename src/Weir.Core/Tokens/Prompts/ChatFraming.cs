namespace Weir.Core.Tokens.Prompts;

/// <summary>
/// What OpenAI's services put around the messages of a chat, in tokens. Sources: openai-cookbook "How to count tokens with
/// tiktoken"; the harmony format published with gpt-oss; public notes on tool rendering (hmarr/openai-chat-tokens).
/// </summary>
/// <param name="Message">Around each message, without its role.</param>
/// <param name="Reply">What opens the reply.</param>
/// <param name="PastReply">More for each earlier reply: its channel.</param>
/// <param name="Tools">Around the tools' declarations.</param>
internal sealed record ChatFraming(int Message, int Reply, int PastReply, int Tools)
{
    /// <summary>The name of a participant costs this beside its text.</summary>
    public const int Name = 1;

    /// <summary>Declarations share the message of a system prompt.</summary>
    public const int ToolsShareSystem = 4;

    /// <summary>A call beside its name and arguments.</summary>
    public const int ToolCall = 7;

    /// <summary>Calls made together are wrapped in one more call, with a recipient for each.</summary>
    public const int ParallelToolCall = 8;

    /// <summary>A tool that must be called, beside its name.</summary>
    public const int NamedChoice = 4;

    private static readonly ChatFraming Classic = new(3, 3, 0, 9);

    /// <summary>Harmony says to each reply on which channel it goes, and explains the channels where there are tools (about 80 tokens).</summary>
    private static readonly ChatFraming Harmony = new(3, 2, 2, 90);

    /// <summary>gpt-oss as servers run it: the system message with date, effort and channels is billed (about 61 tokens).</summary>
    private static readonly ChatFraming OpenWeights = new(3, 63, 2, 25);

    /// <summary>
    /// Other vendors, until their calls have taught better. Their words about tools were seen to come to 160 (Qwen) to 520
    /// tokens (Claude Haiku 4.5).
    /// </summary>
    private static readonly ChatFraming Foreign = new(4, 3, 0, 300);

    private static readonly string[] HarmonyModels = ["gpt-5", "o1", "o3", "o4"];

    /// <summary>Tools reach the model as the JSON they are, not as declarations.</summary>
    public bool ToolsAsJson => ReferenceEquals(this, Foreign);

    public static ChatFraming Of(string model)
    {
        var name = model.AsSpan(model.LastIndexOf('/') + 1);
        if (ModelEncodings.Find(model) == ModelEncoding.None)
            return Foreign;
        if (name.Contains("gpt-oss", StringComparison.OrdinalIgnoreCase))
            return OpenWeights;
        foreach (var family in HarmonyModels)
        {
            if (name.StartsWith(family, StringComparison.OrdinalIgnoreCase))
                return Harmony;
        }

        return Classic;
    }
}
