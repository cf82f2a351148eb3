using System.Globalization;
using System.Text.Json;

namespace Weir.Core.Tests.Dialects.Translation;

/// <summary>One question, the calls a model made of it and what the tools said, as clients of each dialect send them.</summary>
internal static class ToolLoops
{
    /// <summary>The dialects that have tools and are not OpenAI's or Anthropic's.</summary>
    public static readonly string[] Clients = ["gemini-generate", "bedrock-converse", "ollama-chat", "cohere-chat"];

    /// <param name="client">The dialect.</param>
    /// <param name="withTools">The tools are declared as well.</param>
    /// <param name="arguments">Of each call of the tool <c>f</c>, as JSON; the results are r0, r1 and so on.</param>
    public static string Body(string client, bool withTools, params ReadOnlySpan<string> arguments)
    {
        List<string> calls = [], results = [];
        for (var i = 0; i < arguments.Length; i++)
        {
            calls.Add(Call(client, i, arguments[i]));
            results.Add(Result(client, i));
        }

        var (call, result) = (string.Join(',', calls), string.Join(',', results));
        return client switch
        {
            "gemini-generate" => """{"contents":[{"role":"user","parts":[{"text":"q"}]},{"role":"model","parts":[""" + call + """]},{"role":"user","parts":[""" + result + "]}]"
                + (withTools ? ""","tools":[{"functionDeclarations":[{"name":"f"}]}]}""" : "}"),
            "bedrock-converse" => """{"messages":[{"role":"user","content":[{"text":"q"}]},{"role":"assistant","content":[""" + call + """]},{"role":"user","content":[""" + result + "]}]"
                + (withTools ? ""","toolConfig":{"tools":[{"toolSpec":{"name":"f","inputSchema":{"json":{"type":"object"}}}}]}}""" : "}"),
            _ => """{"model":"m","stream":false,"messages":[{"role":"user","content":"q"},{"role":"assistant","tool_calls":[""" + call + "]}," + result + "]"
                + (withTools ? ""","tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}]}""" : "}"),
        };
    }

    private static string Call(string client, int i, string arguments) => (client switch
    {
        "gemini-generate" => """{"functionCall":{"name":"f","args":<arguments>}}""",
        "bedrock-converse" => """{"toolUse":{"toolUseId":"c<i>","name":"f","input":<arguments>}}""",
        "ollama-chat" => """{"function":{"name":"f","arguments":<arguments>}}""",
        _ => """{"id":"c<i>","type":"function","function":{"name":"f","arguments":<text>}}""",
    }).Replace("<i>", Number(i), StringComparison.Ordinal).Replace("<arguments>", arguments, StringComparison.Ordinal)
        .Replace("<text>", JsonSerializer.Serialize(arguments), StringComparison.Ordinal);

    private static string Result(string client, int i) => (client switch
    {
        "gemini-generate" => """{"functionResponse":{"name":"f","response":{"output":"r<i>"}}}""",
        "bedrock-converse" => """{"toolResult":{"toolUseId":"c<i>","content":[{"text":"r<i>"}]}}""",
        "ollama-chat" => """{"role":"tool","tool_name":"f","content":"r<i>"}""",
        _ => """{"role":"tool","tool_call_id":"c<i>","content":"r<i>"}""",
    }).Replace("<i>", Number(i), StringComparison.Ordinal);

    private static string Number(int i) => i.ToString(CultureInfo.InvariantCulture);
}
