using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>
/// Tools other dialects know only as functions: freeform ("custom") ones, whose input is text, become a function with one
/// string, and those of a namespace get a joined name. This maps the names back for the answer.
/// </summary>
internal sealed class ToolNames
{
    /// <summary>The one parameter of a freeform tool.</summary>
    public const string InputMember = "input";

    /// <summary>Longest name that every provider takes.</summary>
    private const int LongestName = 64;

    private readonly Dictionary<string, ToolOrigin> _origins = new(StringComparer.Ordinal);

    /// <summary>Of a request's <c>tools</c>, and of the tools its input adds.</summary>
    public static ToolNames Of(JsonElement request)
    {
        var names = new ToolNames();
        names.Add(request.Items("tools"u8), null);
        foreach (var item in request.Items("input"u8))
        {
            if (item.Text("type"u8) is "additional_tools" or "tool_search_output")
                names.Add(item.Items("tools"u8), null);
        }

        return names;
    }

    /// <summary>Where a called name comes from: a plain function when nothing else is known of it.</summary>
    public ToolOrigin OriginOf(string name) => _origins.GetValueOrDefault(name, new ToolOrigin(name, null, false));

    /// <summary>
    /// The name under which a tool goes to other dialects. A plain function that was found by tool search is called as its
    /// own namespace; the request declares it under its one name.
    /// </summary>
    public static string Join(string? space, string name)
    {
        if (string.IsNullOrEmpty(space) || space == name)
            return name;
        var joined = space.EndsWith("__", StringComparison.Ordinal) ? space + name : $"{space}__{name}";
        if (joined.Length <= LongestName)
            return joined;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(joined)))[..8];
        return $"{joined[..(LongestName - 9)]}_{hash}";
    }

    private void Add(JsonElement.ArrayEnumerator tools, string? space)
    {
        foreach (var tool in tools)
        {
            var name = tool.Text("name"u8);
            if (tool.Text("type"u8) == "namespace")
                Add(tool.Items("tools"u8), name);
            else if (name is not null && (space is not null || tool.Text("type"u8) == "custom"))
                _origins.TryAdd(Join(space, name), new ToolOrigin(name, space, tool.Text("type"u8) == "custom"));
        }
    }
}
