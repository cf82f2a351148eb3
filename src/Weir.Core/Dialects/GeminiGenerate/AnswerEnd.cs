using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>What follows the content of an answer, streamed or whole.</summary>
internal static class AnswerEnd
{
    public static void WriteCandidate(Utf8JsonWriter json, ModelEvent.Finish? finish, IReadOnlyList<RawJson> logprobs)
    {
        json.WriteString("finishReason"u8, FinishReasons.FromCanon(finish?.Reason ?? StopReason.Other));
        LogprobsShape.Write(json, logprobs);
    }

    /// <summary>Usage, served model and id: in every response.</summary>
    public static void WriteEnvelope(Utf8JsonWriter json, Usage? usage, ModelEvent.Start? start, ResponseShape shape)
    {
        if (usage is { } counted)
            UsageJson.Write(json, counted);
        json.WriteString("modelVersion"u8, start?.Model ?? shape.Model);
        json.WriteString("responseId"u8, start?.Id ?? shape.ResponseId);
    }
}
