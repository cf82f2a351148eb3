using Weir.Core.Configuration;
using Weir.Core.Errors;
using Weir.Core.Identity;

namespace Weir.Core.Spine;

/// <summary>
/// The labels that count for a call: those that its key, team and tenant carry, and those that the caller sends and the key
/// allows. One that is not allowed refuses the call: a label may be what keeps content in a place, and a caller that sends it
/// believes that it counts.
/// </summary>
public static class CallLabels
{
    /// <summary>Header with a list: <c>workload=chat, sensitivity=high</c>.</summary>
    public const string Header = "x-weir-labels";

    /// <summary>Labels of one call's header, at most.</summary>
    public const int MostSent = 16;

    private static readonly (string Header, string Label)[] Short =
    [
        ("x-weir-workload", LabelGrant.Workload), ("x-weir-sensitivity", LabelGrant.Sensitivity), ("x-weir-region", LabelGrant.Region),
    ];

    /// <summary>The call's labels, or why they cannot stand.</summary>
    public static (IReadOnlyDictionary<string, string> Labels, GatewayError? Error) Read(IClientChannel client, Snapshot snapshot, Caller caller)
    {
        var granted = snapshot.Labels.Of(caller);
        Dictionary<string, string>? sent = null;
        if (client.Header(Header) is { Length: > 0 } list)
        {
            foreach (var range in list.AsSpan().Split(','))
            {
                var item = list.AsSpan(range).Trim();
                if (item.IsEmpty)
                    continue;
                var at = item.IndexOf('=');
                var name = at < 0 ? item : item[..at].TrimEnd();
                if (Take(name, at < 0 ? default : item[(at + 1)..].TrimStart()) is { } error)
                    return (granted, error);
            }
        }
        foreach (var (header, label) in Short)
        {
            // A region that a load balancer writes is no wish of the caller's.
            if (client.Header(header) is { Length: > 0 } value && !header.Equals(snapshot.TrustedRegionHeader, StringComparison.OrdinalIgnoreCase)
                && Take(label, value.AsSpan().Trim()) is { } error)
            {
                return (granted, error);
            }
        }
        return (sent is null ? granted : LabelTable.Over(granted, sent), null);

        GatewayError? Take(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
        {
            if (!LabelGrant.IsName(name) || !LabelGrant.IsValue(value))
                return GatewayErrors.BadLabel;
            var (label, text) = (name.ToString(), value.ToString());
            if (!LabelGrant.Allows(caller.Key.AllowLabels, label, text) && !(granted.TryGetValue(label, out var own) && own == text))
                return GatewayErrors.LabelNotAllowed(label);
            sent ??= new Dictionary<string, string>(StringComparer.Ordinal);
            return sent.TryAdd(label, text) || sent[label] == text ? sent.Count > MostSent ? GatewayErrors.BadLabel : null : GatewayErrors.BadLabel;
        }
    }

    /// <summary>Where the caller is: what the header that the operator trusts says, or its label; null when nobody says.</summary>
    public static string? RegionOf(IClientChannel client, Snapshot snapshot, IReadOnlyDictionary<string, string> labels) =>
        snapshot.TrustedRegionHeader is { } header && client.Header(header)?.Trim() is { } region && LabelGrant.IsValue(region) ? region
            : labels.GetValueOrDefault(LabelGrant.Region);
}
