using System.Text;
using Weir.Core.Identity;

namespace Weir.Core.Routing;

/// <summary>
/// What removed every target, as far as a caller may know it: targets of the model it asked for, and of public models that
/// its key may use, by name and with the reason; all others as a number and the kinds of filters.
/// </summary>
internal static class RemovalReport
{
    public static string For(IReadOnlyList<RemovedCandidate> removed, VirtualKey key, PublicModel? asked)
    {
        var text = new StringBuilder();
        var unnamed = 0;
        var filters = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var candidate in removed)
        {
            if (!key.ShowRoutingHeaders || candidate.Model is not { } model || !IsKnown(model))
            {
                unnamed++;
                filters.Add(candidate.Filter);
                continue;
            }
            text.Append(text.Length > 0 ? "; " : "").Append(candidate.Target).Append(": ").Append(candidate.Reason);
        }
        if (unnamed > 0)
            text.Append(text.Length > 0 ? "; " : "").Append(text.Length > 0 ? $"{unnamed} more" : $"{unnamed} {(unnamed == 1 ? "target" : "targets")}").Append(" removed by ").AppendJoin(", ", filters);
        return text.Length > 0 ? text.ToString() : "the route leads to no target";

        bool IsKnown(PublicModel model) =>
            ReferenceEquals(model, asked) || (model.Access == ModelAccess.Public && ModelGrant.Allows(key, model.Name));
    }
}
