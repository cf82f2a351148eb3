namespace Weir.Core.Canon;

/// <summary>Who speaks. <see cref="Developer"/> is OpenAI's newer word for system; dialects without it use system.</summary>
public enum MessageRole { System, Developer, User, Assistant, Tool }
