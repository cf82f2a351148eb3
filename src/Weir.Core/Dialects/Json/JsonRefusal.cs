namespace Weir.Core.Dialects.Json;

/// <summary>A strict reader's way out of a walk; caught by the dialect's <c>ReadFacts</c>, never seen outside.</summary>
internal sealed class JsonRefusal(BadRequest error) : Exception(error.Message)
{
    public BadRequest Error { get; } = error;
}
