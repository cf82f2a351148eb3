using System.Text;
using System.Text.Json.Nodes;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.OpenAi;

namespace Weir.Simulator.Media;

/// <summary>
/// OpenAI images, audio and moderations. What comes out depends on the request alone: a sound is 24,000 bytes for each
/// word, a transcript says how many bytes were heard, an input with the word "violence" is flagged.
/// </summary>
internal sealed class MediaHandler(SimulatorOptions options, ChatDialect shape)
{
    public const string DialectName = "openai.media";

    private const int BytesPerWord = 24_000;
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    public static bool Serves(string path) => path.Contains("/images/", StringComparison.Ordinal) || path.Contains("/audio/", StringComparison.Ordinal)
        || path.EndsWith("/moderations", StringComparison.Ordinal);

    public async Task HandleAsync(Call call, ReadOnlyMemory<byte> body)
    {
        try
        {
            OpenAiErrors.Authenticate(call.Http.Request, options.RequiredKey);
            var form = await SimForm.ReadAsync(call.Http.Request.ContentType, body);
            var path = call.Http.Request.Path.Value!;
            call.Model = form["model"] ?? "";
            await (path.EndsWith("/speech", StringComparison.Ordinal) ? SpeechAsync(call, form)
                : path.Contains("/audio/", StringComparison.Ordinal) ? HearAsync(call, form)
                : path.Contains("/images/", StringComparison.Ordinal) ? DrawAsync(call, form)
                : JudgeAsync(call, form));
        }
        catch (ApiFault fault)
        {
            OpenAiErrors.SetHeaders(call.Http.Response.Headers, fault.Status, call.RequestId, 0);
            CallRunner.Refuse(call, shape, fault);
        }
    }

    private static Task SpeechAsync(Call call, SimForm form)
    {
        var words = TokenRule.Split(form["input"] ?? throw Missing("input")).Count;
        var sound = new byte[words * BytesPerWord];
        new Random(words).NextBytes(sound);
        if (form["stream_format"] == "sse")
        {
            return SimReply.EventsAsync(call,
            [
                new JsonObject { ["type"] = "speech.audio.delta", ["audio"] = Convert.ToBase64String(sound) },
                new JsonObject { ["type"] = "speech.audio.done", ["usage"] = new JsonObject { ["input_tokens"] = words, ["output_tokens"] = words * 10, ["total_tokens"] = words * 11 } },
            ], withDone: false);
        }

        SimReply.Bytes(call, "audio/mpeg", sound);
        return Task.CompletedTask;
    }

    private static Task HearAsync(Call call, SimForm form)
    {
        var file = form.Files.Find(f => f.Field == "file").Bytes ?? throw Missing("file");
        _ = form["model"] ?? throw Missing("model");
        var text = $"I heard {file.Length} bytes.";
        var usage = new JsonObject
        {
            ["type"] = "tokens",
            ["input_tokens"] = 40,
            ["input_token_details"] = new JsonObject { ["text_tokens"] = 3, ["audio_tokens"] = 37 },
            ["output_tokens"] = 5,
            ["total_tokens"] = 45,
        };
        if (form["stream"] == "true")
        {
            return SimReply.EventsAsync(call,
            [
                new JsonObject { ["type"] = "transcript.text.delta", ["delta"] = text },
                new JsonObject { ["type"] = "transcript.text.done", ["text"] = text, ["usage"] = usage },
            ], withDone: true);
        }

        if (form["response_format"] == "verbose_json")
        {
            SimReply.Json(call, new JsonObject { ["task"] = "transcribe", ["language"] = "english", ["duration"] = 8.47, ["text"] = text, ["segments"] = new JsonArray() });
        }
        else if (form["response_format"] is "text" or "srt" or "vtt")
        {
            SimReply.Bytes(call, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text + "\n"));
        }
        else
        {
            SimReply.Json(call, new JsonObject { ["text"] = text, ["usage"] = call.Model.StartsWith("whisper", StringComparison.Ordinal) ? new JsonObject { ["type"] = "duration", ["seconds"] = 4 } : usage });
        }

        return Task.CompletedTask;
    }

    private static Task DrawAsync(Call call, SimForm form)
    {
        var usage = new JsonObject
        {
            ["input_tokens"] = 12,
            ["input_tokens_details"] = new JsonObject { ["text_tokens"] = 8, ["image_tokens"] = 4 },
            ["output_tokens"] = 100,
            ["total_tokens"] = 112,
        };
        if (form["stream"] == "true")
        {
            return SimReply.EventsAsync(call,
            [
                new JsonObject { ["type"] = "image_generation.partial_image", ["partial_image_index"] = 0, ["b64_json"] = Pixel },
                new JsonObject { ["type"] = "image_generation.completed", ["b64_json"] = Pixel, ["usage"] = usage },
            ], withDone: false);
        }

        var answer = new JsonObject { ["created"] = 1_700_000_000, ["data"] = new JsonArray([.. Enumerable.Range(0, int.TryParse(form["n"], out var n) ? n : 1).Select(_ => new JsonObject { ["b64_json"] = Pixel })]) };
        if (!call.Model.StartsWith("dall-e", StringComparison.Ordinal))
        {
            answer["usage"] = usage;
        }

        SimReply.Json(call, answer);
        return Task.CompletedTask;
    }

    private static Task JudgeAsync(Call call, SimForm form)
    {
        var bad = (form["input"] ?? throw Missing("input")).Contains("violence", StringComparison.OrdinalIgnoreCase);
        SimReply.Json(call, new JsonObject
        {
            ["id"] = "modr-" + call.Sequence,
            ["model"] = call.Model,
            ["results"] = new JsonArray(new JsonObject
            {
                ["flagged"] = bad,
                ["categories"] = new JsonObject { ["violence"] = bad },
                ["category_scores"] = new JsonObject { ["violence"] = bad ? 0.9 : 0.01 },
            }),
        });
        return Task.CompletedTask;
    }

    private static ApiFault Missing(string name) => ApiFault.Invalid($"Missing required parameter: '{name}'.", name, "missing_required_parameter");
}
