using Microsoft.AspNetCore.Http;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.OpenAi;
using Weir.Simulator.Records;

namespace Weir.Simulator.Realtime;

/// <summary>
/// OpenAI Realtime and Gemini Live. A <c>response.create</c> (a <c>clientContent</c>) is answered with text, sound and
/// usage. <c>sim.close</c> closes with a code, <c>sim.abort</c> breaks the connection, <c>sim.hang</c> begins an answer
/// and never ends it, <c>sim.large</c> sends a message of so many bytes; everything else comes back as it is.
/// </summary>
internal sealed class RealtimeHandler(SimulatorOptions options)
{
    public const string DialectName = "realtime";

    private const string Live = "BidiGenerateContent";

    public static bool Serves(string path) => path.EndsWith("/realtime", StringComparison.Ordinal) || path.EndsWith(Live, StringComparison.Ordinal);

    public async Task HandleAsync(Call call)
    {
        var isLive = call.Http.Request.Path.Value!.EndsWith(Live, StringComparison.Ordinal);
        call.Model = call.Http.Request.Query["model"].ToString();
        call.Stream = true;
        try
        {
            OpenAiErrors.Authenticate(call.Http.Request, options.RequiredKey);
            if (call.Model.StartsWith("refuse-", StringComparison.Ordinal))
            {
                throw new ApiFault(int.Parse(call.Model.AsSpan(7), provider: System.Globalization.CultureInfo.InvariantCulture), "Simulated refusal.");
            }
        }
        catch (ApiFault fault)
        {
            Refuse(call, fault.Status);
            return;
        }

        using var socket = await SimSocket.AcceptAsync(call.Http);
        if (socket is null)
        {
            Refuse(call, StatusCodes.Status426UpgradeRequired);
            return;
        }

        try
        {
            await (isLive ? ServeLiveAsync(call, socket) : ServeAsync(call, socket));
            call.Finish(Completion.Complete, StatusCodes.Status101SwitchingProtocols);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            call.Finish(Completion.Aborted, StatusCodes.Status101SwitchingProtocols);
        }
    }

    private static async Task ServeAsync(Call call, SimSocket socket)
    {
        await socket.SendAsync(new JsonObject { ["type"] = "session.created", ["event_id"] = "event_0", ["session"] = new JsonObject { ["model"] = call.Model } }, call.Gone);
        for (var answers = 1; await socket.ReceiveAsync(call.Gone) is { } message;)
        {
            var (type, number) = Read(message);
            switch (type)
            {
                case "response.create":
                    await AnswerAsync(call, socket, answers++);
                    break;
                case "sim.hang":
                    await socket.SendAsync(new JsonObject { ["type"] = "response.created", ["response"] = new JsonObject { ["id"] = "resp_hang" } }, call.Gone);
                    break;
                case "sim.large":
                    await socket.SendAsync(new byte[number], call.Gone, binary: true);
                    break;
                case "sim.close":
                    await socket.CloseAsync(number, "as asked", call.Gone);
                    break;
                case "sim.abort":
                    socket.Abort();
                    return;
                default:
                    await socket.SendAsync(message, call.Gone);
                    break;
            }
        }

        if (socket.CloseStatus is { } code and not WebSocketCloseStatus.Empty)
        {
            call.Model += $" closed {(int)code}";
            await socket.CloseAsync((int)code, "", call.Gone);
        }
    }

    private static async Task AnswerAsync(Call call, SimSocket socket, int number)
    {
        await socket.SendAsync(new JsonObject { ["type"] = "response.created", ["event_id"] = "event_1", ["response"] = new JsonObject { ["id"] = "resp_" + number } }, call.Gone);
        for (var i = 0; i < 3; i++)
        {
            await socket.SendAsync(new JsonObject { ["type"] = "response.output_audio.delta", ["delta"] = Convert.ToBase64String(new byte[3000]), ["note"] = "\"response.done\"" }, call.Gone);
        }

        await socket.SendAsync(new JsonObject
        {
            ["type"] = "response.done",
            ["event_id"] = "event_2",
            ["response"] = new JsonObject
            {
                ["id"] = "resp_" + number,
                ["status"] = "completed",
                // Longer than a buffer, so that it comes in pieces.
                ["output"] = new JsonArray(new JsonObject { ["text"] = new string('x', 40_000) }),
                ["usage"] = new JsonObject
                {
                    ["total_tokens"] = 60,
                    ["input_tokens"] = 30,
                    ["output_tokens"] = 30,
                    ["input_token_details"] = new JsonObject { ["text_tokens"] = 10, ["audio_tokens"] = 20, ["cached_tokens"] = 0 },
                    ["output_token_details"] = new JsonObject { ["text_tokens"] = 5, ["audio_tokens"] = 25 },
                },
            },
        }, call.Gone);
        call.SentWhole(default);
    }

    private static async Task ServeLiveAsync(Call call, SimSocket socket)
    {
        while (await socket.ReceiveAsync(call.Gone) is { } message)
        {
            using var document = JsonDocument.Parse(message);
            if (document.RootElement.Get("setup") is { } setup)
            {
                call.Model = setup.Text("model") ?? "";
                await socket.SendAsync(new JsonObject { ["setupComplete"] = new JsonObject() }, call.Gone, binary: true);
                continue;
            }

            await socket.SendAsync(new JsonObject
            {
                ["serverContent"] = new JsonObject { ["modelTurn"] = new JsonObject { ["parts"] = new JsonArray(new JsonObject { ["text"] = "hello" }) }, ["turnComplete"] = true },
                ["usageMetadata"] = new JsonObject
                {
                    ["promptTokenCount"] = 12,
                    ["responseTokenCount"] = 8,
                    ["totalTokenCount"] = 20,
                    ["promptTokensDetails"] = new JsonArray(new JsonObject { ["modality"] = "AUDIO", ["tokenCount"] = 7 }, new JsonObject { ["modality"] = "TEXT", ["tokenCount"] = 5 }),
                    ["responseTokensDetails"] = new JsonArray(new JsonObject { ["modality"] = "AUDIO", ["tokenCount"] = 8 }),
                },
            }, call.Gone, binary: true);
        }
    }

    private static (string? Type, int Number) Read(byte[] message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            return (document.RootElement.Text("type"), document.RootElement.Get("n")?.GetInt32() ?? 0);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static void Refuse(Call call, int status)
    {
        call.Http.Response.StatusCode = status;
        call.Finish(Completion.Rejected);
    }
}
