using System.Text.Json;

namespace Weir.Simulator.Answers;

/// <summary>A tool the request offers; <c>Schema</c> is undefined when it takes no arguments.</summary>
internal readonly record struct ToolOffer(string Name, JsonElement Schema);
