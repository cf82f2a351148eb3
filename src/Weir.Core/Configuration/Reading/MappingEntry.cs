namespace Weir.Core.Configuration.Reading;

/// <summary>One key and its value.</summary>
public readonly record struct MappingEntry(ScalarNode Key, Node Value);
