using Microsoft.AspNetCore.Http;
using System.Globalization;
using System.Text.Json;
using Weir.Simulator.Anthropic;
using Weir.Simulator.Gemini;
using Weir.Simulator.Json;
using Weir.Simulator.OpenAi;

namespace Weir.Simulator.Calls;

/// <summary>
/// The model lists: OpenAI's, Anthropic's when the request carries <c>anthropic-version</c>, Gemini's under
/// <c>/v1beta</c>. They are not recorded as calls.
/// </summary>
internal sealed class ModelList(SimulatorOptions options)
{
    private const string Created = "2026-01-01T00:00:00Z";
    private const long CreatedSeconds = 1_767_225_600;
    private const int MaxPage = 1000;

    public void Handle(HttpContext http, string path)
    {
        var isGemini = path.Contains("/v1beta", StringComparison.Ordinal);
        var isAnthropic = !isGemini && http.Request.Headers.ContainsKey("anthropic-version");
        var id = path.EndsWith("/models", StringComparison.Ordinal) ? null : path[(path.LastIndexOf("/models/", StringComparison.Ordinal) + 8)..];
        using var buffer = new EventBuffer();
        try
        {
            Authenticate(http.Request, isGemini, isAnthropic);
            if (id is not null && !options.Models.Contains(id))
            {
                throw new ApiFault(404, isAnthropic ? $"model: {id}" : $"The model '{id}' does not exist", isGemini || isAnthropic ? null : "invalid_request_error");
            }

            var json = buffer.BeginJson();
            if (isGemini)
            {
                Gemini(json, id);
            }
            else if (isAnthropic)
            {
                Anthropic(json, http.Request.Query, id);
            }
            else
            {
                OpenAi(json, id);
            }

            buffer.EndJson();
        }
        catch (ApiFault fault)
        {
            buffer.Clear();
            http.Response.StatusCode = fault.Status;
            if (isGemini)
            {
                GeminiErrors.Write(fault, buffer);
            }
            else if (isAnthropic)
            {
                AnthropicErrors.Write(fault, "req_models", buffer);
            }
            else
            {
                OpenAiErrors.Write(fault, buffer);
            }
        }

        http.Response.ContentType = "application/json";
        CallRunner.WriteUnflushed(http.Response, buffer.Written);
    }

    private void Authenticate(HttpRequest request, bool isGemini, bool isAnthropic)
    {
        if (isGemini)
        {
            GeminiErrors.Authenticate(request, options.RequiredKey);
        }
        else if (isAnthropic)
        {
            AnthropicErrors.Authenticate(request, options.RequiredKey);
        }
        else
        {
            OpenAiErrors.Authenticate(request, options.RequiredKey);
        }
    }

    private void OpenAi(Utf8JsonWriter json, string? id)
    {
        if (id is not null)
        {
            OpenAiModel(json, id);
            return;
        }

        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (var model in options.Models)
        {
            OpenAiModel(json, model);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void OpenAiModel(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("object", "model");
        json.WriteNumber("created", CreatedSeconds);
        json.WriteString("owned_by", "simulator");
        json.WriteEndObject();
    }

    private void Anthropic(Utf8JsonWriter json, IQueryCollection query, string? id)
    {
        if (id is not null)
        {
            AnthropicModel(json, id);
            return;
        }

        var all = options.Models.Where(model => model.StartsWith("claude", StringComparison.Ordinal)).ToList();
        var limit = int.TryParse(query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 20;
        if (limit is < 1 or > MaxPage)
        {
            throw ApiFault.Invalid($"limit: Input should be between 1 and {MaxPage}");
        }

        var before = query["before_id"].ToString() is { Length: > 0 } end ? all.IndexOf(end) : -1;
        var start = before >= 0 ? Math.Max(0, before - limit) : all.IndexOf(query["after_id"].ToString()) + 1;
        var page = all.Take(before >= 0 ? before : all.Count).Skip(start).Take(limit).ToList();
        json.WriteStartObject();
        json.WriteStartArray("data");
        foreach (var model in page)
        {
            AnthropicModel(json, model);
        }

        json.WriteEndArray();
        json.WriteBoolean("has_more", before >= 0 ? start > 0 : start + page.Count < all.Count);
        json.WriteString("first_id", page.FirstOrDefault());
        json.WriteString("last_id", page.LastOrDefault());
        json.WriteEndObject();
    }

    private static void AnthropicModel(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject();
        json.WriteString("type", "model");
        json.WriteString("id", id);
        json.WriteString("display_name", id);
        json.WriteString("created_at", Created);
        json.WriteEndObject();
    }

    private void Gemini(Utf8JsonWriter json, string? id)
    {
        if (id is not null)
        {
            GeminiModel(json, id);
            return;
        }

        json.WriteStartObject();
        json.WriteStartArray("models");
        foreach (var model in options.Models.Where(model => model.StartsWith("gemini", StringComparison.Ordinal)))
        {
            GeminiModel(json, model);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void GeminiModel(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject();
        json.WriteString("name", $"models/{id}");
        json.WriteString("displayName", id);
        json.WriteNumber("inputTokenLimit", 1_048_576);
        json.WriteNumber("outputTokenLimit", 65_536);
        json.WriteStartArray("supportedGenerationMethods");
        json.WriteStringValue("generateContent");
        json.WriteStringValue("streamGenerateContent");
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
