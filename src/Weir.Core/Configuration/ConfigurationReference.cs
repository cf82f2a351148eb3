using System.Text;
using Weir.Core.Configuration.Shapes;
using Weir.Core.Routing.Matching;

namespace Weir.Core.Configuration;

/// <summary>The reference pages, generated from the shapes and the table of codes so that they cannot be out of date.</summary>
public static class ConfigurationReference
{
    private const string Notice = "<!-- Generated: WEIR_UPDATE=1 rewrites it with the tests of Weir.Core.Tests.Configuration. -->\n\n";

    /// <summary><c>docs/reference/configuration.md</c>.</summary>
    public static string Configuration()
    {
        var page = new StringBuilder("# Configuration\n\n").Append(Notice)
            .Append("The file is YAML or JSON, UTF-8, at most 4 MiB. It is reloaded when it or a secret file it refers to changes; ")
            .Append("a file with errors never replaces a good one. Without a file, Weir configures itself from the provider keys in its environment.\n\n")
            .Append("Secrets are given only by reference. Durations: `500ms`, `10s`, `5m`, `1h30m`. Sizes: `512KiB`, `64MiB`. ")
            .Append("Points in time: `2027-01-31`, `2027-01-31T12:00:00Z`. Unknown keys are errors.\n");
        foreach (var record in ConfigurationSchema.Records())
            Append(page, record);
        page.Append("\n## Names in conditions\n\nWhat `when` of routes and plans may use, in [expressions](expressions.md).\n\n| Name | Type | Meaning |\n|---|---|---|\n");
        foreach (var variable in RouteVocabulary.Names.Variables)
            page.Append($"| `{variable.Name}` | {variable.Type} | {Cell(variable.Description)} |\n");
        return page.ToString();
    }

    /// <summary><c>docs/reference/diagnostics.md</c>.</summary>
    public static string Diagnostics()
    {
        var page = new StringBuilder("# Diagnostics\n\n").Append(Notice)
            .Append("What `weir check` and every load can report. Codes are stable. Errors refuse the configuration; warnings do not.\n\n")
            .Append("| Code | Severity | Title | Explanation |\n|---|---|---|---|\n");
        foreach (var code in DiagnosticCodes.All)
            page.Append($"| `{code.Code}` | {(code.Severity == Severity.Error ? "error" : "warning")} | {Cell(code.Title)} | {Cell(code.Explanation)} |\n");
        return page.ToString();
    }

    private static void Append(StringBuilder page, IRecordShape record)
    {
        page.Append($"\n## {record.Title}\n\n{record.Description}\n\n| Key | Value | Meaning | Default |\n|---|---|---|---|\n");
        foreach (var field in record.Fields)
        {
            var value = field.Shape is null ? "*reserved*" : Cell(field.Shape.Title);
            page.Append($"| `{field.Name}`{(field.Required ? " (required)" : "")} | {value} | {Cell(field.Description)} | {(field.Default is null ? "" : $"`{field.Default}`")} |\n");
        }
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
}
