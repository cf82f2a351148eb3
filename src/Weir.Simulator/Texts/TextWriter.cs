using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.Texts;

/// <summary>Answers that are one text, whole or token by token.</summary>
internal sealed class TextWriter(TextShape shape, Reply reply, EventBuffer to)
{
    private readonly bool _reports = reply.Report != UsageReport.None;

    public void Whole()
    {
        var json = to.BeginJson();
        json.WriteStartObject();
        switch (shape)
        {
            case TextShape.Completions:
                Head(json);
                json.WriteStartArray("choices");
                for (var index = 0; index < reply.Choices.Count; index++)
                {
                    Choice(json, index, reply.Choices[index].Text.ToString(), Finish(index));
                }

                json.WriteEndArray();
                Usage(json);
                break;
            case TextShape.Triton:
                Output(json, reply.Choices[0].Text.ToString());
                break;
            default:
                Details(json);
                break;
        }

        json.WriteEndObject();
        to.EndJson();
    }

    public IEnumerable<SimEvent> Events()
    {
        for (var index = 0; index < reply.Choices.Count; index++)
        {
            var text = reply.Choices[index].Text;
            for (var at = 0; at < text.Count; at++)
            {
                Event(json => Piece(json, index, text[at], at));
                yield return new SimEvent(EventKind.Output, 1);
            }

            if (shape == TextShape.Completions)
            {
                Event(json => Chunk(json, index, "", Finish(index)));
                yield return new SimEvent(EventKind.Frame);
            }
        }

        if (shape == TextShape.Completions)
        {
            if (reply.Request.AsksUsage && _reports)
            {
                Event(json =>
                {
                    Head(json);
                    json.WriteStartArray("choices");
                    json.WriteEndArray();
                    Usage(json);
                });
            }

            to.Raw("data: [DONE]\n\n"u8);
        }
        else if (shape == TextShape.Tgi)
        {
            Event(json =>
            {
                Token(json, "", special: true);
                Details(json);
            });
        }

        yield return new SimEvent(EventKind.Last, ReportsUsage: _reports && shape != TextShape.Triton && (shape == TextShape.Tgi || reply.Request.AsksUsage));
    }

    private void Piece(Utf8JsonWriter json, int index, string text, int at)
    {
        switch (shape)
        {
            case TextShape.Completions:
                Chunk(json, index, text, null);
                break;
            case TextShape.Triton:
                Output(json, text);
                break;
            default:
                json.WriteNumber("index", at + 1);
                Token(json, text, special: false);
                json.WriteNull("generated_text");
                json.WriteNull("details");
                break;
        }
    }

    private void Chunk(Utf8JsonWriter json, int index, string text, string? finish)
    {
        Head(json);
        json.WriteStartArray("choices");
        Choice(json, index, text, finish);
        json.WriteEndArray();
        if (reply.Request.AsksUsage)
        {
            json.WriteNull("usage");
        }
    }

    private void Event(Action<Utf8JsonWriter> members)
    {
        to.Raw("data: "u8);
        var json = to.BeginJson();
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        to.EndJson();
        to.Raw("\n\n"u8);
    }

    private void Head(Utf8JsonWriter json)
    {
        json.WriteString("id", SimIds.Make("cmpl-", reply.Seed, reply.Sequence));
        json.WriteString("object", "text_completion");
        json.WriteNumber("created", reply.Created.ToUnixTimeSeconds());
        json.WriteString("model", reply.Request.Model);
    }

    private static void Choice(Utf8JsonWriter json, int index, string text, string? finish)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteNumber("index", index);
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", finish);
        json.WriteEndObject();
    }

    private void Usage(Utf8JsonWriter json)
    {
        if (!_reports)
        {
            return;
        }

        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", reply.Usage.Input);
        json.WriteNumber("completion_tokens", reply.Usage.Output);
        json.WriteNumber("total_tokens", reply.Usage.Input + reply.Usage.Output);
        json.WriteEndObject();
    }

    private void Output(Utf8JsonWriter json, string text)
    {
        json.WriteString("model_name", reply.Request.Model);
        json.WriteString("model_version", "1");
        json.WriteString("text_output", text);
    }

    private static void Token(Utf8JsonWriter json, string text, bool special)
    {
        json.WriteStartObject("token");
        json.WriteNumber("id", 1);
        json.WriteString("text", text);
        json.WriteNumber("logprob", -0.125m);
        json.WriteBoolean("special", special);
        json.WriteEndObject();
    }

    private void Details(Utf8JsonWriter json)
    {
        json.WriteString("generated_text", reply.Choices[0].Text.ToString());
        json.WriteStartObject("details");
        json.WriteString("finish_reason", reply.Choices[0].Finish == FinishReason.Length ? "length" : "eos_token");
        if (_reports)
        {
            json.WriteNumber("generated_tokens", reply.Usage.Output);
            json.WriteNumber("input_length", reply.Usage.Input);
        }

        json.WriteNull("seed");
        json.WriteEndObject();
    }

    private string Finish(int index) => reply.Choices[index].Finish == FinishReason.Length ? "length" : "stop";
}
