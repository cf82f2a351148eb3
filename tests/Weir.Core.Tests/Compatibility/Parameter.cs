using System.Text.Json.Nodes;

namespace Weir.Core.Tests.Compatibility;

/// <summary>One request parameter of a client dialect, with an example of its use.</summary>
/// <param name="Name">As documented by the vendor, for example <c>tools[].function.strict</c>.</param>
/// <param name="Example">Members that replace those of the base request.</param>
/// <param name="AnswerOnly">It changes how the answer is written, not what the upstream is asked.</param>
internal sealed record Parameter(string Name, string Example, bool AnswerOnly = false)
{
    /// <summary>The base request with the example in it.</summary>
    public byte[] In(string baseRequest)
    {
        var body = JsonNode.Parse(baseRequest)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(Example)!.AsObject())
            body[name] = value?.DeepClone();
        return System.Text.Encoding.UTF8.GetBytes(body.ToJsonString());
    }
}
