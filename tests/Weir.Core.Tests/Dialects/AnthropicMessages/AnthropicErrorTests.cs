using System.Buffers;
using System.Text;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Xunit;

namespace Weir.Core.Tests.Dialects.AnthropicMessages;

public sealed class AnthropicErrorTests
{
    [Theory]
    [InlineData(ErrorKind.InvalidRequest, "invalid_request_error")]
    [InlineData(ErrorKind.Authentication, "authentication_error")]
    [InlineData(ErrorKind.BudgetExceeded, "billing_error")]
    [InlineData(ErrorKind.PermissionDenied, "permission_error")]
    [InlineData(ErrorKind.NotFound, "not_found_error")]
    [InlineData(ErrorKind.PayloadTooLarge, "request_too_large")]
    [InlineData(ErrorKind.RateLimited, "rate_limit_error")]
    [InlineData(ErrorKind.Overloaded, "overloaded_error")]
    [InlineData(ErrorKind.UpstreamTimeout, "timeout_error")]
    [InlineData(ErrorKind.UpstreamFailed, "api_error")]
    [InlineData(ErrorKind.Internal, "api_error")]
    public void Every_kind_has_Anthropics_word(ErrorKind kind, string type)
    {
        var error = new GatewayError(kind, Step.Route, Party.Client, 400, "some_code", "Don't \"do\" that.") { Detail = "secret" };
        var output = new ArrayBufferWriter<byte>();
        Wire.Dialect.WriteError(error, "req_1", output);
        string body = $$"""{"type":"error","error":{"type":"{{type}}","message":"Don't \"do\" that."},"request_id":"req_1"}""";
        Assert.Equal(body, Encoding.UTF8.GetString(output.WrittenSpan));
        output.ResetWrittenCount();
        Wire.Dialect.WriteStreamError(error, "req_1", output);
        Assert.Equal($"event: error\ndata: {body}\n\n", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("""{"type":"error","error":{"type":"rate_limit_error","message":"m"},"request_id":null}""", "rate_limit_error", "m")]
    [InlineData("""{"error":{"message":"m","type":"t","param":null,"code":"c"}}""", "t", "m")]
    [InlineData("""{"error":{"code":503,"message":"m","status":"UNAVAILABLE"}}""", "UNAVAILABLE", "m")]
    [InlineData("""{"message":"m"}""", null, "m")]
    [InlineData("""{"detail":"m"}""", null, "m")]
    [InlineData("""{"error":"m"}""", null, "m")]
    [InlineData("<html>", null, null)]
    [InlineData("", null, null)]
    public void Errors_of_all_shapes_are_understood(string body, string? type, string? message)
    {
        UpstreamFailure failure = Wire.Dialect.ReadError(418, Wire.Bytes(body));
        Assert.Equal((418, type, message), (failure.Status, failure.Type, failure.Message));
    }
}
