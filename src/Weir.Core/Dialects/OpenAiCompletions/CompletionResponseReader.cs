using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiCompletions;

/// <summary>Reads a completion, stream or whole, into events. Only the first choice: more cannot be translated.</summary>
internal sealed class CompletionResponseReader : IResponseReader
{
    private readonly CompletionScan _scan = new(choices: 1);
    private readonly TextEvents _text;

    public CompletionResponseReader() => _text = new TextEvents(_scan.Facts);

    public ResponseFacts Facts => _scan.Facts;

    public void OnFrame(in Frame frame, List<ModelEvent> events)
    {
        if (_text.HasEnded || frame.Data.IsEmpty)
            return;
        if (frame.Data.Length < 16 && frame.Data.Trim((byte)' ').SequenceEqual("[DONE]"u8))
        {
            _scan.Close();
            _text.End(events);
            return;
        }

        if (JsonElements.Parse(frame.Data) is { } data)
            Read(data, events);
        else
            _text.Fail(new UpstreamFailure(0, null, "malformed_chunk", "The upstream sent a chunk that is not JSON."), events);
    }

    public void OnBody(ReadOnlyMemory<byte> body, List<ModelEvent> events)
    {
        if (JsonElements.Parse(body.Span) is { } answer && answer.Member("choices"u8) is { ValueKind: JsonValueKind.Array })
        {
            Read(answer, events);
            if (Facts.Failure is null)
                _scan.Close();
            _text.End(events);
        }

        _text.Fail(new UpstreamFailure(0, null, "malformed_response", "The upstream's answer is not a completion."), events);
    }

    private void Read(JsonElement data, List<ModelEvent> events)
    {
        _scan.Apply(data);
        if (Facts.Failure is { } failure)
        {
            _text.Fail(failure, events);
            return;
        }

        _text.Start(data.Whole("created"u8) is > 0 and var created ? created : null, events);
        foreach (var choice in data.Items("choices"u8))
        {
            if ((choice.Whole("index"u8) ?? 0) != 0)
                continue;
            _text.Add(choice.Text("text"u8), events);
            if (choice.Text("finish_reason"u8) is { Length: > 0 } finish)
                _text.Finish(CompletionFinish.ToCanon(finish), finish, events);
        }
    }
}
