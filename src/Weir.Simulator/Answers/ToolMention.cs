using System.Text.RegularExpressions;

namespace Weir.Simulator.Answers;

/// <summary>
/// Whether a user's text asks for a tool by name. Only names that look like identifiers count (<c>get_weather</c>,
/// <c>getWeather</c>): coding agents offer tools named <c>Read</c> or <c>Task</c> and talk about them in reminders,
/// and a plain answer must end their turn. Reminders in <c>&lt;system-reminder&gt;</c> are not the user's words, nor are
/// system messages that a gateway put into <c>&lt;system&gt;</c> because the model's API has none amid a conversation.
/// </summary>
internal static partial class ToolMention
{
    public static bool In(string text, string name)
    {
        if (!Identifier().IsMatch(name) || !text.Contains(name, StringComparison.Ordinal))
        {
            return false;
        }

        return Regex.IsMatch(
            UserWords(text), $"(?<![A-Za-z0-9_]){Regex.Escape(name)}(?![A-Za-z0-9_])", RegexOptions.CultureInvariant);
    }

    /// <summary>The text without what a coding agent put into the user's mouth.</summary>
    public static string UserWords(string text) =>
        text.Contains("<system", StringComparison.Ordinal) ? Reminder().Replace(text, "").Trim() : text;

    [GeneratedRegex("[_.-]|[a-z][A-Z]")]
    private static partial Regex Identifier();

    [GeneratedRegex("<(system|system-reminder)>.*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex Reminder();
}
