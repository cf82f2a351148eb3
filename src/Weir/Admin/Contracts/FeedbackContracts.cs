namespace Weir.Admin.Contracts;

/// <summary>Body of <c>POST /admin/v1/feedback</c>.</summary>
/// <param name="Request">Id of the call, as in <c>x-weir-request-id</c>.</param>
/// <param name="Score">0 (useless) to 1 (right).</param>
/// <param name="Weight">How much the source is to be trusted: a person's verdict 1, a judge's perhaps 0.5.</param>
public sealed record FeedbackRequest(string Request, double Score, double Weight = 1);
