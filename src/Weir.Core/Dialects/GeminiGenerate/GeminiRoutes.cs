namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>The methods of a model, and the paths clients reach them by.</summary>
internal static class GeminiRoutes
{
    private const string Vertex = "/projects/{project}/locations/{location}/publishers/google/models/{model}";

    /// <summary>In the order they are tried: most calls first.</summary>
    public static IReadOnlyList<ClientRoute> All { get; } = [.. Prefixes().SelectMany(Methods)];

    /// <summary>The method's name in a path.</summary>
    public static string Method(Operation operation, bool stream) => operation switch
    {
        Operation.CountTokens => "countTokens",
        Operation.Embeddings => "embedContent",
        Operation.BatchEmbeddings => "batchEmbedContents",
        _ => stream ? "streamGenerateContent" : "generateContent",
    };

    private static IEnumerable<string> Prefixes()
    {
        yield return "/v1beta/models/{model}";
        yield return "/v1/models/{model}";
        yield return "/v1alpha/models/{model}";
        yield return "/v1" + Vertex;
        yield return "/v1beta1" + Vertex;
    }

    private static IEnumerable<ClientRoute> Methods(string prefix)
    {
        yield return new ClientRoute(prefix + ":streamGenerateContent", Operation.Chat, Stream: true);
        yield return new ClientRoute(prefix + ":generateContent", Operation.Chat, Stream: false);
        yield return new ClientRoute(prefix + ":countTokens", Operation.CountTokens, Stream: false);
        yield return new ClientRoute(prefix + ":embedContent", Operation.Embeddings, Stream: false);
        yield return new ClientRoute(prefix + ":batchEmbedContents", Operation.BatchEmbeddings, Stream: false);
    }
}
