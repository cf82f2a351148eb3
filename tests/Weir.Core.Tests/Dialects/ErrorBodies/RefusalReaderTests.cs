using System.Text;
using Weir.Core.Dialects;
using Weir.Core.Dialects.ErrorBodies;
using Xunit;

namespace Weir.Core.Tests.Dialects.ErrorBodies;

public sealed class RefusalReaderTests
{
    [Theory]
    [InlineData(400, """{"error":{"message":"This model's maximum context length is 128000 tokens. However, your messages resulted in 130000 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}""")]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 210000 tokens > 200000 maximum"}}""")]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"input length and `max_tokens` exceed context limit: 199000 + 8192 > 200000, decrease input length or `max_tokens` and try again"}}""")]
    [InlineData(400, """{"error":{"code":400,"message":"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).","status":"INVALID_ARGUMENT"}}""")]
    [InlineData(400, """{"message":"Input is too long for requested model."}""")]
    [InlineData(400, """{"message":"too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 8000."}""")]
    [InlineData(400, """{"object":"error","message":"This model's maximum context length is 4096 tokens. However, you requested 5000 tokens","type":"BadRequestError","param":null,"code":400}""")]
    [InlineData(422, """{"error":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000","error_type":"validation"}""")]
    [InlineData(400, """{"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error"}}""")]
    public void A_prompt_that_is_too_long_is_recognised_in_every_providers_words(int status, string body) =>
        Assert.Equal(RefusalKind.ContextTooLong, Kind(status, body));

    [Theory]
    [InlineData(400, """{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.","type":null,"param":"prompt","code":"content_filter","status":400}}""")]
    [InlineData(400, """{"error":{"code":"content_policy_violation","message":"Your request was rejected as a result of our safety system.","param":null,"type":"image_generation_user_error"}}""")]
    [InlineData(403, """{"error":{"code":403,"message":"Your chosen model requires moderation and your input was flagged"}}""")]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by content filtering policy"}}""")]
    public void A_refusal_for_its_content_is_recognised(int status, string body) => Assert.Equal(RefusalKind.ContentPolicy, Kind(status, body));

    [Theory]
    [InlineData(404, """{"error":{"message":"The model `gpt-9` does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}""", RefusalKind.ModelUnknown)]
    [InlineData(404, """{"type":"error","error":{"type":"not_found_error","message":"model: claude-9"}}""", RefusalKind.ModelUnknown)]
    [InlineData(404, """{"error":{"message":"No such file","type":"invalid_request_error"}}""", RefusalKind.Other)]
    [InlineData(400, """{"error":{"message":"Invalid value: 'foo'","type":"invalid_request_error","code":"invalid_value"}}""", RefusalKind.Other)]
    [InlineData(500, """{"error":{"message":"prompt is too long for our shard"}}""", RefusalKind.Other)]
    [InlineData(429, """{"error":{"message":"too many tokens per minute","type":"tokens","code":"rate_limit_exceeded"}}""", RefusalKind.Other)]
    [InlineData(400, "<html>Bad Request</html>", RefusalKind.Other)]
    public void Everything_else_is_not_taken_for_it(int status, string body, RefusalKind kind) => Assert.Equal(kind, Kind(status, body));

    private static RefusalKind Kind(int status, string body) => RefusalReader.Read(ErrorBodyReader.Read(status, Encoding.UTF8.GetBytes(body)));
}
