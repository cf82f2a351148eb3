using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Weir.Admin.Contracts;

namespace Weir.Admin;

/// <summary>How calls went, for the choice between a strong and a weak model to learn from.</summary>
internal sealed class FeedbackRoutes(AdminServices services)
{
    private const int MaxBodyBytes = 4096;

    public async Task LearnAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            await AdminResponse.ErrorAsync(context, 415, "json_required", "The body must be application/json.");
            return;
        }
        if (context.Request.ContentLength is null or > MaxBodyBytes)
        {
            await AdminResponse.ErrorAsync(context, 413, "body_too_large", "The body needs a length, and may have 4 KiB at most.");
            return;
        }
        FeedbackRequest? feedback;
        try
        {
            feedback = await JsonSerializer.DeserializeAsync(context.Request.Body, AdminJson.Default.FeedbackRequest, context.RequestAborted);
        }
        catch (JsonException)
        {
            feedback = null;
        }
        if (feedback is not { Request.Length: > 0, Score: >= 0 and <= 1, Weight: > 0 and <= 1 })
            await AdminResponse.ErrorAsync(context, 400, "invalid_feedback", "Members: request (the call's x-weir-request-id), score from 0 (useless) to 1 (right), weight above 0 to 1.");
        else if (services.Learn(feedback.Request, feedback.Score, feedback.Weight))
            context.Response.StatusCode = 204;
        else
            await AdminResponse.ErrorAsync(context, 404, "nothing_to_learn", $"Nothing waits for feedback on the call '{feedback.Request}'.",
                "Only calls that chose between the models of signals.difficulty do, the last 20,000 of them, once each, and until the process ends.");
    }
}
