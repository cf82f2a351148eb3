using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Validation;
using Weir.Core.Providers;

namespace Weir.Core.Configuration.Compilation;

/// <summary>The credentials of a provider document.</summary>
internal static class CredentialCompiler
{
    private const string Only = "default";

    public static IReadOnlyList<UpstreamCredential> Compile(Document<ProviderSpec> document, ProviderKind kind, RuleContext context)
    {
        var (spec, path) = (document.Spec, document.Path);
        if (spec.Credentials is { } list)
        {
            return [.. list.Select((c, i) => (Spec: c, Settings: SettingsOf(c.Credential, c.Auth, $"{path}.credentials[{i}]", spec, kind, context)))
                .Where(c => c.Settings is not null).Select(c => new UpstreamCredential(c.Spec.Name, (int)c.Spec.Weight, c.Settings!))];
        }
        var settings = SettingsOf(spec.Credential, spec.Auth, path, spec, kind, context)
            ?? (kind.DefaultCredential is { } standard ? HeaderAuth.Of(kind.Auth, new Credential(standard, "built in")) : null);
        return settings is null ? [] : [new UpstreamCredential(Only, 1, settings)];
    }

    private static AuthSettings? SettingsOf(SecretRef? key, AuthSpec? auth, string path, ProviderSpec provider, ProviderKind kind, RuleContext context)
    {
        if (Secret(key, path + ".credential", context) is { } secret)
            return HeaderAuth.Of(kind.Auth, secret);
        path += ".auth";
        if (auth?.Aws is { } aws)
        {
            return new AwsAuth(aws.Source, provider.Region!, aws.Service)
            {
                Profile = aws.Profile,
                AccessKeyId = Secret(aws.AccessKeyId, path + ".aws.accessKeyId", context),
                SecretAccessKey = Secret(aws.SecretAccessKey, path + ".aws.secretAccessKey", context),
                SessionToken = Secret(aws.SessionToken, path + ".aws.sessionToken", context),
                RoleArn = aws.RoleArn,
                TokenFile = aws.TokenFile,
            };
        }
        if (auth?.Azure is { } azure)
        {
            return new AzureAuth(azure.Source, azure.Scope)
            {
                TenantId = azure.TenantId,
                ClientId = azure.ClientId,
                ClientSecret = Secret(azure.ClientSecret, path + ".azure.clientSecret", context),
                TokenFile = azure.TokenFile,
                Authority = azure.Authority,
            };
        }
        return auth?.Google is { } google
            ? new GoogleAuth(google.Source, google.Scope) { Document = Secret(google.Document, path + ".google.document", context) }
            : null;
    }

    private static Credential? Secret(SecretRef? reference, string path, RuleContext context) =>
        reference is not null && context.Resolved.TryGetValue(path, out var value) ? new Credential(value, reference.ToString()) : null;
}
