namespace Weir.Core.Configuration.Documents;

/// <summary>One entry of a list: its name, its specification, and the path by which diagnostics find its place.</summary>
public sealed record Document<T>(string Name, T Spec, string Path);
