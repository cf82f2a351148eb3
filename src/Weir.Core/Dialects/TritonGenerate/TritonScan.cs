using System.Text.Json;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.TritonGenerate;

/// <summary>Learns from answers, which in a stream come one per event.</summary>
internal sealed class TritonScan
{
    public ResponseFacts Facts { get; } = new();

    /// <summary>The text of an answer; null when it holds none.</summary>
    public string? Apply(JsonElement answer)
    {
        Facts.ServedModel ??= answer.Text("model_name"u8);
        if (answer.Member("error"u8) is { } error)
        {
            Facts.Failure ??= ErrorBodyReader.FromErrorValue(error);
            return null;
        }

        if (answer.Text("text_output"u8) is not { } text)
            return null;
        Facts.ContentStarted |= text.Length > 0;
        Facts.OutputTextBytes += System.Text.Encoding.UTF8.GetByteCount(text);
        // Any answer may be the last: a stream that closes in order after one is whole.
        Facts.FinishReason = "stop";
        Facts.MayEndUnmarked = true;
        return text;
    }
}
