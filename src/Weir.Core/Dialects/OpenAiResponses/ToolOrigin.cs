namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>A tool as the client declared it.</summary>
/// <param name="Name">Its name within its namespace.</param>
/// <param name="Namespace">The namespace, or null.</param>
/// <param name="IsCustom">A freeform tool: its input is text, not JSON.</param>
internal readonly record struct ToolOrigin(string Name, string? Namespace, bool IsCustom);
