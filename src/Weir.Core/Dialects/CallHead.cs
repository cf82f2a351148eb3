namespace Weir.Core.Dialects;

/// <summary>What the request line says of a call before its body is read. Dialects that put nothing there ignore it.</summary>
/// <param name="Operation">What the path asks for.</param>
/// <param name="Model">The model named by the path (Gemini, Bedrock, Azure deployments), unescaped; null when the body names it.</param>
/// <param name="Stream">Whether the path asks for a stream; null when the body says so.</param>
/// <param name="Query">Query string with its question mark, or null.</param>
/// <param name="Route">The <see cref="ClientRoute.Template"/> that matched, for operations that can be asked for on several paths; may be null.</param>
public readonly record struct CallHead(Operation Operation, string? Model = null, bool? Stream = null, string? Query = null, string? Route = null)
{
    /// <summary>HTTP method in capitals; null counts as POST.</summary>
    public string? Method { get; init; }

    /// <summary>The path as the client sent it (no encoded characters but in model names), or null where nobody asks.</summary>
    public string? Path { get; init; }

    /// <summary>The body's content type with its parameters, or null.</summary>
    public string? ContentType { get; init; }

    /// <summary>A path that says nothing but the operation.</summary>
    public static implicit operator CallHead(Operation operation) => new(operation);
}
