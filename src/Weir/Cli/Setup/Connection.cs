namespace Weir.Cli.Setup;

/// <summary>What an agent is to be pointed at.</summary>
/// <param name="Url">The gateway's data address without a path, for example <c>http://127.0.0.1:8080</c>.</param>
/// <param name="Key">Secret of the virtual key it calls with.</param>
/// <param name="Model">The model it starts with.</param>
/// <param name="Models">All models the key may use and the gateway lists.</param>
internal sealed record Connection(Uri Url, string Key, string Model, IReadOnlyList<string> Models)
{
    /// <summary>Address with <paramref name="path"/> appended, and no slash at its end.</summary>
    public string At(string path = "") => Url.GetLeftPart(UriPartial.Authority) + Url.AbsolutePath.TrimEnd('/') + path;
}
