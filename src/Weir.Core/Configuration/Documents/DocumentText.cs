using System.Text;

namespace Weir.Core.Configuration.Documents;

/// <summary>A stable text of documents that have none of their own, for the snapshot's hash.</summary>
internal static class DocumentText
{
    public static string Of(ConfigurationDocuments documents)
    {
        var text = new StringBuilder();
        foreach (var provider in documents.Providers)
            text.Append("provider ").Append(provider.Name).Append(' ').Append(provider.Spec.Kind).Append(' ').Append(provider.Spec.BaseUrl).Append(' ').Append(provider.Spec.Credential).Append(' ').Append(provider.Spec.Region).Append(' ').Append(provider.Spec.Project).Append(' ').Append(provider.Spec.Auth).Append(' ').AppendJoin(',', provider.Spec.Credentials ?? []).Append(' ').Append(provider.Spec.Tls).Append(' ').Append(provider.Spec.Proxy).Append(' ').AppendJoin(',', provider.Spec.Models).Append('\n');
        foreach (var model in documents.Models)
            text.Append("model ").Append(model.Name).Append(' ').AppendJoin(',', model.Spec.Targets.Select(t => $"{t.Provider}/{t.Model}")).Append('\n');
        foreach (var route in documents.Routes)
            text.Append("route ").Append(route.Name).Append(' ').AppendJoin(',', route.Spec.Match.Models).Append(' ').Append(route.Spec.Model).Append('\n');
        foreach (var key in documents.Keys)
            text.Append("key ").Append(key.Name).Append(' ').Append(key.Spec.Secret).Append(key.Spec.Hash).Append('\n');
        return text.ToString();
    }
}
