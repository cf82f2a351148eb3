using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>Events as one response object, written at <see cref="ModelEvent.End"/>.</summary>
internal sealed class ResponsesDocumentWriter : IResponseWriter, IKeepableAnswer
{
    private readonly ResponseHead _head;
    private readonly AnswerBuilder _answer;
    private readonly ResponseShape _shape;
    private bool _failed;

    public ResponsesDocumentWriter(ResponseShape shape)
    {
        _shape = shape;
        _head = new ResponseHead(shape);
        _answer = new AnswerBuilder(shape, _head.Tools, events: null);
    }

    public (string Id, ReadOnlyMemory<byte> Document)? Kept { get; private set; }

    public void Write(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        if (_failed)
            return;
        _answer.Apply(modelEvent);
        if (modelEvent is ModelEvent.Error error)
        {
            _failed = true;
            ResponsesErrorEvent.WriteDocument(error, output);
        }
        else if (modelEvent is ModelEvent.End)
        {
            using var json = RawJsonExtensions.CreateWriter(output);
            _head.Write(json, _answer.Status, _answer);
            if (_head.IsKept)
                Kept = KeptAnswer.Make(_shape, _head, _answer);
        }
    }
}
