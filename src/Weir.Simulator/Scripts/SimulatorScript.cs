using System.Globalization;
using System.Text.Json;
using Weir.Simulator.Directives;

namespace Weir.Simulator.Scripts;

/// <summary>
/// Rules for calls that carry no directive of their own: JSON
/// <c>{"defaults":{...},"rules":[{"match":{"path","model","contains","nth","every"},"do":{...}}]}</c>. The names in
/// <c>do</c> and <c>defaults</c> are those of <see cref="CallDirectives"/>. The first rule that takes a call wins;
/// a rule whose turn (<c>nth</c>, <c>every</c>) it is not leaves the call to the next one. Defaults give length,
/// latency, thinking and usage to every call that does not say otherwise.
/// </summary>
public sealed class SimulatorScript
{
    private static readonly JsonDocumentOptions Reading = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    private readonly List<ScriptRule> _rules;

    private SimulatorScript(CallDirectives defaults, List<ScriptRule> rules) => (Defaults, _rules) = (defaults, rules);

    internal CallDirectives Defaults { get; }

    /// <summary>Reads a script file.</summary>
    /// <exception cref="FormatException">The file is not a script; the message says where.</exception>
    public static SimulatorScript Load(string path) => Parse(File.ReadAllText(path));

    /// <summary>Reads a script.</summary>
    /// <exception cref="FormatException">The text is not a script; the message says where.</exception>
    public static SimulatorScript Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Reading);
            Only("script", document.RootElement, "defaults", "rules");
            var defaults = document.RootElement.TryGetProperty("defaults", out var given) ? Actions(given) : new();
            var rules = new List<ScriptRule>();
            if (document.RootElement.TryGetProperty("rules", out var list))
            {
                foreach (var rule in list.EnumerateArray())
                {
                    Only("rule", rule, "match", "do");
                    rules.Add(new ScriptRule(
                        rule.TryGetProperty("match", out var match) ? Match(match) : new ScriptMatch(),
                        Actions(rule.GetProperty("do"))));
                }
            }

            return new SimulatorScript(defaults, rules);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"Not a simulator script: {error.Message}", error);
        }
    }

    internal CallDirectives? Find(string path, string model, string text)
    {
        foreach (var rule in _rules)
        {
            if (rule.Takes(path, model, text))
            {
                return rule.Actions;
            }
        }

        return null;
    }

    internal void Reset() => _rules.ForEach(rule => rule.Reset());

    private static ScriptMatch Match(JsonElement element)
    {
        Only("match", element, "path", "model", "contains", "nth", "every");
        string? Text(string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
        long? Count(string name) => !element.TryGetProperty(name, out var value) ? null
            : value.GetInt64() is var count and > 0 ? count : throw new FormatException($"'{name}' starts at 1.");
        return new ScriptMatch
        {
            Path = Text("path"),
            Model = Text("model"),
            Contains = Text("contains"),
            Nth = Count("nth"),
            Every = Count("every"),
        };
    }

    private static CallDirectives Actions(JsonElement element)
    {
        var result = new CallDirectives();
        foreach (var property in element.EnumerateObject())
        {
            var value = property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString()!,
                JsonValueKind.True => "1",
                JsonValueKind.False => "0",
                JsonValueKind.Number => property.Value.GetDecimal().ToString(CultureInfo.InvariantCulture),
                _ => throw new FormatException($"'{property.Name}' takes a string, a number or a boolean."),
            };
            result = DirectiveNames.Set(result, property.Name, value);
        }

        return result;
    }

    private static void Only(string place, JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                throw new FormatException($"Unknown name '{property.Name}' in {place}.");
            }
        }
    }
}
