using Weir.Core.Providers;

namespace Weir.Core.Upstream.Auth.Aws;

/// <summary>
/// A profile of the shared files (<c>~/.aws/credentials</c>, <c>~/.aws/config</c>), read again every five minutes. A
/// profile with <c>role_arn</c> takes that role on, with the key of its <c>source_profile</c> or with a web identity token; one with <c>credential_process</c> runs that program.
/// </summary>
public sealed class ProfileKeySource(AwsAuth settings, CredentialHost host, StsClient sts, TimeProvider time) : IAwsKeySource
{
    private const int DeepestChain = 5;
    private static readonly TimeSpan Reread = TimeSpan.FromMinutes(5);

    public async Task<Leased<AwsKey>> FetchAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(host.Home, ".aws");
        var credentials = host.Variable("AWS_SHARED_CREDENTIALS_FILE") ?? Path.Combine(folder, "credentials");
        var config = host.Variable("AWS_CONFIG_FILE") ?? Path.Combine(folder, "config");
        var keys = await CredentialHost.ReadAsync(credentials, cancellationToken);
        var more = await CredentialHost.ReadAsync(config, cancellationToken);
        if (keys is null && more is null)
            throw new CredentialException($"neither {credentials} nor {config} exists");
        var files = new Files(IniFile.Parse(keys ?? ""), IniFile.Parse(more ?? ""));
        return await ResolveAsync(files, settings.Profile ?? host.Variable("AWS_PROFILE") ?? "default", 0, cancellationToken);
    }

    private async Task<Leased<AwsKey>> ResolveAsync(Files files, string name, int depth, CancellationToken cancellationToken)
    {
        var profile = files.Find(name) ?? throw new CredentialException($"there is no AWS profile '{name}'");
        if (profile.TryGetValue("role_arn", out var role))
            return await TakeRoleAsync(files, name, profile, role, depth, cancellationToken);
        if (profile.TryGetValue("aws_access_key_id", out var id) && profile.TryGetValue("aws_secret_access_key", out var secret))
            return new Leased<AwsKey>(new AwsKey(id, secret, profile.GetValueOrDefault("aws_session_token")), time.GetUtcNow() + Reread);
        if (profile.TryGetValue("credential_process", out var command))
            return await new ProcessKeySource(command, name, time).FetchAsync(cancellationToken);
        var other = profile.Keys.FirstOrDefault(k => k is "sso_session" or "sso_start_url");
        throw new CredentialException(other is null ? $"the AWS profile '{name}' holds no access key" : $"the AWS profile '{name}' uses {other}, which is not supported");
    }

    private async Task<Leased<AwsKey>> TakeRoleAsync(Files files, string name, Dictionary<string, string> profile, string role, int depth, CancellationToken cancellationToken)
    {
        var session = profile.GetValueOrDefault("role_session_name") ?? StsClient.SessionName;
        if (profile.TryGetValue("web_identity_token_file", out var tokenFile))
            return await sts.AssumeWithWebIdentityAsync(role, session, await CredentialHost.ReadTokenAsync(tokenFile, cancellationToken), cancellationToken);
        if (!profile.TryGetValue("source_profile", out var source))
            throw new CredentialException($"the AWS profile '{name}' has role_arn but neither source_profile nor web_identity_token_file");
        if (depth >= DeepestChain)
            throw new CredentialException($"the source profiles of '{name}' lead too far or in a circle");
        // A profile may be its own source: then its own key takes the role on.
        var own = source == name && profile.TryGetValue("aws_access_key_id", out var id) && profile.TryGetValue("aws_secret_access_key", out var secret)
            ? new AwsKey(id, secret, profile.GetValueOrDefault("aws_session_token")) : null;
        var key = own ?? (await ResolveAsync(files, source, depth + 1, cancellationToken)).Value;
        return await sts.AssumeAsync(role, session, profile.GetValueOrDefault("external_id"), key, cancellationToken);
    }

    private sealed record Files(Dictionary<string, Dictionary<string, string>> Credentials, Dictionary<string, Dictionary<string, string>> Config)
    {
        /// <summary>Both files' settings of a profile; the credentials file wins.</summary>
        public Dictionary<string, string>? Find(string name)
        {
            var config = Config.GetValueOrDefault(name == "default" && Config.ContainsKey(name) ? name : $"profile {name}");
            var credentials = Credentials.GetValueOrDefault(name);
            if (config is null && credentials is null)
                return null;
            var merged = new Dictionary<string, string>(config ?? [], StringComparer.Ordinal);
            foreach (var (key, value) in credentials ?? [])
                merged[key] = value;
            return merged;
        }
    }
}
