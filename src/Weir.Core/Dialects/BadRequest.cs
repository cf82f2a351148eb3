namespace Weir.Core.Dialects;

/// <summary>
/// The body cannot be accepted. <paramref name="Code"/> is stable and snake_case (<c>invalid_json</c>,
/// <c>duplicate_key</c>, <c>missing_field</c>, <c>wrong_type</c>, <c>too_deep</c>, <c>invalid_utf8</c>);
/// <paramref name="Message"/> says what, where and how to fix it; <paramref name="Param"/> is the JSON path, or null.
/// </summary>
public sealed record BadRequest(string Code, string Message, string? Param);
