using Weir.Core.Configuration.Documents;
using Weir.Core.Providers;

namespace Weir.Core.Configuration.Validation;

/// <summary>How a provider authenticates: one way, complete, with secrets that can be resolved.</summary>
internal static class AuthRules
{
    private const int ShortestCredential = 8;
    private static readonly string[] Ways = ["credential", "auth", "credentials"];

    public static void Check(Document<ProviderSpec> provider, ProviderKind? kind, RuleContext context)
    {
        var (spec, path, bag) = (provider.Spec, provider.Path, context.Bag);
        var ways = Ways.Where(w => bag.Marks.Contains($"{path}.{w}")).ToList();
        if (ways.Count > 1)
            bag.Add(DiagnosticCodes.OneWayToAuthenticate, $"{path}.{ways[^1]}", $"'{provider.Name}' has {string.Join(" and ", ways)}", "keep one");
        CheckKey(spec.Credential, $"{path}.credential", context);
        CheckAuth(provider, spec.Auth, $"{path}.auth", context);
        CheckList(provider, context);
        if (spec is { Credential: null, Auth: null, Credentials: null } && kind is { CredentialOptional: false } && ways.Count == 0)
        {
            bag.Add(DiagnosticCodes.CredentialMissing, path, $"'{provider.Name}' has no credential",
                $"add credential: {{fromEnv: {(kind.Environment.Count > 0 ? kind.Environment[0] : "NAME")}}}");
        }
    }

    private static void CheckList(Document<ProviderSpec> provider, RuleContext context)
    {
        if (provider.Spec.Credentials is not { } list)
            return;
        var path = $"{provider.Path}.credentials";
        if (list.Count == 0 && !context.Bag.HasErrorsBelow(path))
            context.Bag.Add(DiagnosticCodes.CredentialMissing, path, $"'{provider.Name}' has an empty list of credentials", "add - name: NAME and its credential");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            var at = $"{path}[{i}]";
            if (list[i].Name.Length > 0 && !names.Add(list[i].Name))
                context.Bag.Add(DiagnosticCodes.DuplicateName, at + ".name", $"'{provider.Name}' has two credentials named '{list[i].Name}'");
            CheckKey(list[i].Credential, at + ".credential", context);
            CheckAuth(provider, list[i].Auth, at + ".auth", context);
        }
    }

    private static void CheckKey(SecretRef? reference, string path, RuleContext context)
    {
        if (reference is not null)
            context.Resolve(reference, path, ShortestCredential, header: true);
    }

    private static void CheckAuth(Document<ProviderSpec> provider, AuthSpec? auth, string path, RuleContext context)
    {
        if (auth?.Aws is { } aws)
            CheckAws(provider, aws, path + ".aws", context);
        if (auth?.Azure is { } azure)
            CheckAzure(azure, path + ".azure", context);
        if (auth?.Google is { } google)
            CheckGoogle(google, path + ".google", context);
    }

    private static void CheckAws(Document<ProviderSpec> provider, AwsAuthSpec aws, string path, RuleContext context)
    {
        if (provider.Spec.Region is null)
            context.Bag.Add(DiagnosticCodes.AuthIncomplete, path, "AWS signatures are made for a region", "add region: to the provider, for example region: eu-central-1");
        var isStatic = aws.Source == AwsSource.Static;
        Member(aws.AccessKeyId, isStatic, "accessKeyId", required: true, path, context);
        Member(aws.SecretAccessKey, isStatic, "secretAccessKey", required: true, path, context);
        Member(aws.SessionToken, isStatic, "sessionToken", required: false, path, context);
        Unused(aws.Profile is not null && aws.Source != AwsSource.Profile, "profile", path, context);
        Unused(aws.RoleArn is not null && aws.Source != AwsSource.WebIdentity, "roleArn", path, context);
        Unused(aws.TokenFile is not null && aws.Source != AwsSource.WebIdentity, "tokenFile", path, context);
    }

    private static void CheckAzure(AzureAuthSpec azure, string path, RuleContext context)
    {
        Member(azure.ClientSecret, azure.Source == AzureSource.ClientSecret, "clientSecret", required: true, path, context);
        Unused(azure.TokenFile is not null && azure.Source != AzureSource.WorkloadIdentity, "tokenFile", path, context);
        Unused(azure.Authority is not null && azure.Source == AzureSource.ManagedIdentity, "authority", path, context);
        if (azure.Authority is { } authority && authority.Scheme != Uri.UriSchemeHttps)
            context.Bag.Add(DiagnosticCodes.BadUrl, path + ".authority", "a secret would travel readable", "use https");
        if (azure.Source != AzureSource.ClientSecret)
            return;
        foreach (var (name, value) in new[] { ("tenantId", azure.TenantId), ("clientId", azure.ClientId) })
        {
            if (value is null)
                context.Bag.Add(DiagnosticCodes.AuthIncomplete, path, $"source clientSecret needs {name}", $"add {name}:");
        }
    }

    private static void CheckGoogle(GoogleAuthSpec google, string path, RuleContext context) =>
        Member(google.Document, google.Source != GoogleSource.Metadata, "document", required: true, path, context, header: false);

    /// <summary>A secret that belongs to one source: there when it is needed, resolvable, and not given in vain.</summary>
    private static void Member(SecretRef? reference, bool belongs, string name, bool required, string path, RuleContext context, bool header = true)
    {
        if (reference is null)
        {
            if (belongs && required && !context.Bag.HasErrorsBelow($"{path}.{name}"))
                context.Bag.Add(DiagnosticCodes.AuthIncomplete, path, $"the source needs {name}", $"add {name}: {{{(header ? "fromEnv: NAME" : "fromFile: PATH")}}}");
            return;
        }
        context.Resolve(reference, $"{path}.{name}", ShortestCredential, header);
        Unused(!belongs, name, path, context);
    }

    private static void Unused(bool unused, string name, string path, RuleContext context)
    {
        if (unused)
            context.Bag.Add(DiagnosticCodes.AuthUnused, $"{path}.{name}", $"'{name}' has no effect with this source", "remove it, or change source");
    }
}
