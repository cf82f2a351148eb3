namespace Weir.Core.Dialects.OpenAiObjects;

/// <summary>What a path below <c>/v1/</c> says of objects: <c>files/file-1/content</c>.</summary>
internal static class ObjectPath
{
    public static ObjectCall Read(string method, string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries)[1..];
        var kind = parts[0] switch
        {
            "files" => "file",
            "uploads" => "upload",
            "batches" => "batch",
            "conversations" => "conversation",
            "containers" => "container",
            _ => "vector_store",
        };
        var act = (method, parts.Length) switch
        {
            ("GET", 1) => ObjectAct.List,
            (_, 1) => ObjectAct.Create,
            ("DELETE", 2) => ObjectAct.Delete,
            _ => ObjectAct.Use,
        };
        return new ObjectCall(kind, act)
        {
            // What lies below an object (a part of an upload, a file in a vector store) is reached through it alone.
            Ids = parts.Length > 1 ? [parts[1]] : [],
            IsContent = (kind == "file" && parts is [_, _, "content"]) || (kind == "container" && parts is [_, _, "files", _, "content"]),
        };
    }
}
