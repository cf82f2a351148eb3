using System.Text.Json.Serialization;

namespace Weir.Cli.Setup;

/// <summary>How the journal is spelt.</summary>
[JsonSerializable(typeof(SetupJournal.Entry[]))]
internal sealed partial class JournalJson : JsonSerializerContext;
