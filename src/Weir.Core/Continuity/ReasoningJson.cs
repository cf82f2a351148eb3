using System.Text.Json.Serialization;

namespace Weir.Core.Continuity;

/// <summary>How pieces are spelt in the store.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReasoningPiece[]))]
internal sealed partial class ReasoningJson : JsonSerializerContext;
