namespace Weir.Core.Dialects;

/// <summary>
/// Azure OpenAI's older form of OpenAI's API: the model is a deployment named in the path, and <c>api-version</c> is in the
/// query (wire notes §7). OpenAI's dialects take it from clients and speak it where <see cref="UpstreamQuirks.DeploymentPaths"/> says so.
/// </summary>
internal static class DeploymentPaths
{
    private const string Version = "api-version";

    /// <summary>The operation's path below the base URL.</summary>
    public static string Path(UpstreamTarget target, string operation) =>
        target.Quirks.DeploymentPaths ? $"openai/deployments/{Uri.EscapeDataString(target.Model)}/{operation}" : operation;

    /// <summary>The client's query; its <c>api-version</c> means nothing to other servers.</summary>
    public static string Query(string query, UpstreamTarget target)
    {
        if (target.Quirks.DeploymentPaths || !query.Contains(Version, StringComparison.Ordinal))
            return query;
        var kept = query.TrimStart('?').Split('&').Where(p => p != Version && !p.StartsWith(Version + "=", StringComparison.Ordinal));
        var rest = string.Join('&', kept);
        return rest.Length == 0 ? "" : "?" + rest;
    }
}
