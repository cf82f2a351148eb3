using System.Text;
using System.Text.Json.Nodes;
using Weir.Core.Dialects;

namespace Weir.Core.Tests.Compatibility;

/// <summary>One request parameter of a client dialect, with an example of its use.</summary>
/// <param name="Name">As documented by the vendor, for example <c>tools[].function.strict</c>.</param>
/// <param name="Example">Members that replace those of the base request; <c>&lt;pixel&gt;</c> stands for a picture.</param>
/// <param name="Given">What the parameter needs around it (the tools of a tool choice): members of the request it is compared with.</param>
/// <param name="AnswerOnly">It changes how the answer is written, not what the upstream is asked.</param>
/// <param name="Head">What the path says in the example, where the parameter stands in the path.</param>
internal sealed record Parameter(string Name, string Example, string Given = "{}", bool AnswerOnly = false, CallHead? Head = null)
{
    /// <summary>One PNG pixel, base64.</summary>
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    /// <summary>The base request with what the parameter needs.</summary>
    public byte[] Without(string baseRequest) => Merged(baseRequest, Given);

    /// <summary>The same with the example in it.</summary>
    public byte[] In(string baseRequest) => Merged(baseRequest, Given, Example);

    private static byte[] Merged(string baseRequest, params ReadOnlySpan<string> additions)
    {
        var body = JsonNode.Parse(baseRequest)!.AsObject();
        foreach (var addition in additions)
        {
            foreach (var (name, value) in JsonNode.Parse(addition.Replace("<pixel>", Pixel, StringComparison.Ordinal))!.AsObject())
                body[name] = value?.DeepClone();
        }
        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }
}
