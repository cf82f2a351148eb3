namespace Weir.Core.Canon;

/// <summary>Whether and which tool must be called. <paramref name="Name"/> is set for <see cref="ToolChoiceMode.Named"/> only.</summary>
public sealed record ToolChoice(ToolChoiceMode Mode, string? Name = null);

/// <summary>How free the model is in choosing tools.</summary>
public enum ToolChoiceMode { Auto, None, Required, Named }
