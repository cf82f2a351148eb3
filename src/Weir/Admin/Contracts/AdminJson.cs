using System.Text.Json;
using System.Text.Json.Serialization;

namespace Weir.Admin.Contracts;

/// <summary>Generated serializers of the admin API: camelCase, strict reading (unknown or duplicate members are errors).</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(CreateKeyRequest))]
[JsonSerializable(typeof(CreatedKey))]
[JsonSerializable(typeof(FeedbackRequest))]
[JsonSerializable(typeof(ModelRegistryView))]
[JsonSerializable(typeof(UsageReport))]
[JsonSerializable(typeof(CallList))]
[JsonSerializable(typeof(CallDetail))]
[JsonSerializable(typeof(VersionView))]
[JsonSerializable(typeof(ReadySummary))]
[JsonSerializable(typeof(ReadyView))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(ConfigurationView))]
[JsonSerializable(typeof(ReloadRefused))]
[JsonSerializable(typeof(ExplainRequest))]
[JsonSerializable(typeof(ExplainView))]
[JsonSerializable(typeof(PolicyView))]
[JsonSerializable(typeof(PolicyLine))]
[JsonSerializable(typeof(PolicyRefused))]
[JsonSerializable(typeof(IReadOnlyList<DiagnosticView>))]
public sealed partial class AdminJson : JsonSerializerContext;
