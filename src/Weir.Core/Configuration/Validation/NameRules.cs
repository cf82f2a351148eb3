using Weir.Core.Configuration.Documents;

namespace Weir.Core.Configuration.Validation;

/// <summary>Names are unique within their list.</summary>
internal static class NameRules
{
    public static void Check(RuleContext context)
    {
        var documents = context.Documents;
        Unique(documents.Providers, context.Bag, "provider", d => d.Name);
        Unique(documents.Models, context.Bag, "model", d => d.Name);
        Unique(documents.Routes, context.Bag, "route", d => d.Name);
        Unique(documents.Intents, context.Bag, "intent", d => d.Name);
        Unique(documents.Tenants, context.Bag, "tenant", d => d.Name);
        Unique(documents.Teams, context.Bag, "team", d => d.Name);
        Unique(documents.Prices, context.Bag, "price", d => d.Name);
        Unique(documents.Keys, context.Bag, "key", d => $"{KeyRules.TenantOf(d.Spec, documents)}\n{d.Name}");
    }

    private static void Unique<T>(IReadOnlyList<Document<T>> list, DiagnosticBag bag, string what, Func<Document<T>, string> identity)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in list)
        {
            if (entry.Name.Length == 0 || seen.TryAdd(identity(entry), entry.Path))
                continue;
            var line = bag.Marks.Find(seen[identity(entry)] + ".name").Line;
            bag.Add(DiagnosticCodes.DuplicateName, entry.Path + ".name", $"a {what} named '{entry.Name}' already exists{(line > 0 ? $" on line {line}" : "")}");
        }
    }
}
