using Weir.Core.Canon;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>What happens while an answer is put together; a stream tells the client of each step.</summary>
internal interface IAnswerEvents
{
    void Started();
    void ItemAdded(OutputItem item);
    void PartAdded(OutputItem item, OutputPart part);
    void TextDelta(OutputItem item, OutputPart part, string text);
    void AnnotationAdded(OutputItem item, OutputPart part, RawJson annotation);
    void PartDone(OutputItem item, OutputPart part);

    /// <summary><paramref name="isFirst"/>: the summary's one part begins with it.</summary>
    void ReasoningDelta(OutputItem item, string text, bool isFirst);
    void ArgumentsDelta(OutputItem item, string fragment);

    /// <summary>The item is whole; its own <c>done</c> events first.</summary>
    void ItemDone(OutputItem item);
}
