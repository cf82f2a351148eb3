using Weir.Core.Providers;

namespace Weir.Core.Upstream.Auth.Aws;

/// <summary>A key given in the configuration by reference, or in the process's environment. Does not end.</summary>
public sealed class StaticKeySource(AwsAuth settings, CredentialHost host) : IAwsKeySource
{
    public Task<Leased<AwsKey>> FetchAsync(CancellationToken cancellationToken)
    {
        var key = settings.Source == AwsSource.Static
            ? new AwsKey(settings.AccessKeyId!.Reveal(), settings.SecretAccessKey!.Reveal(), settings.SessionToken?.Reveal())
            : new AwsKey(Required("AWS_ACCESS_KEY_ID"), Required("AWS_SECRET_ACCESS_KEY"), host.Variable("AWS_SESSION_TOKEN"));
        return Task.FromResult(new Leased<AwsKey>(key, null));
    }

    private string Required(string name) => host.Variable(name) ?? throw new CredentialException($"environment variable {name} is not set");
}
