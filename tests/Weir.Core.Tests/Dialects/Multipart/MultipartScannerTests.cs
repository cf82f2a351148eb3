using System.Text;
using Weir.Core.Dialects.Multipart;
using Xunit;

namespace Weir.Core.Tests.Dialects.Multipart;

public sealed class MultipartScannerTests
{
    private const string Good =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x; name=\\\"model\\\".wav\"\r\nContent-Type: audio/wav\r\n\r\n"
        + "RIFF\r\n--\r\n--a\r\r\n--\0\r\n" + "\r\n--b\r\ncontent-disposition:form-data;name=model\r\n\r\nwhisper-1\r\n"
        + "--b\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--b--\r\n";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Fields_are_found_however_the_body_is_cut(int piece)
    {
        var scanner = new MultipartScanner("b", ["model", "empty"]);
        var bytes = Encoding.UTF8.GetBytes(Good);
        for (var at = 0; at < bytes.Length; at += piece)
            Assert.Null(scanner.Accept(bytes.AsSpan(at, Math.Min(piece, bytes.Length - at))));

        Assert.Null(scanner.Complete());
        var model = scanner.Find("model");
        Assert.Equal("whisper-1", model?.Text);
        Assert.Equal("whisper-1", Good.Substring(model!.Value.Value.Start, model.Value.Value.Length));
        Assert.Equal("", scanner.Find("empty")?.Text);
        Assert.Null(scanner.Find("file"));
    }

    [Theory]
    [InlineData("preamble\r\n--b\r\n")]
    [InlineData("--c\r\n")]
    [InlineData("--bb\r\n")]
    [InlineData("--b \r\n")]
    [InlineData("--b\r\n\r\nno header\r\n--b--")]
    [InlineData("--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"a\"; name=\"model\"\r\n\r\nx\r\n--b--")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--b--")]
    [InlineData("--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--b--")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b--\r\nmore")]
    public void What_two_readers_could_read_differently_is_refused(string body)
    {
        var scanner = new MultipartScanner("b", ["model"]);
        Assert.Equal("invalid_multipart", (scanner.Accept(Encoding.UTF8.GetBytes(body)) ?? scanner.Complete())?.Code);
    }

    [Fact]
    public void A_field_that_comes_twice_or_is_too_long_is_refused()
    {
        const string field = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nx\r\n";
        Assert.Equal("duplicate_key", new MultipartScanner("b", ["model"]).Accept(Encoding.UTF8.GetBytes(field + field))?.Code);
        Assert.Equal("wrong_type", new MultipartScanner("b", ["model"]).Accept(Encoding.UTF8.GetBytes(field[..^3] + new string('x', 2000)))?.Code);
        Assert.Equal("invalid_multipart", new MultipartScanner("b", ["model"]).Accept(Encoding.UTF8.GetBytes("--b\r\n" + new string('x', 9000)))?.Code);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=abc", "abc")]
    [InlineData("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\"", "a b")]
    [InlineData("multipart/form-data", null)]
    [InlineData("multipart/form-data; boundary=", null)]
    [InlineData("multipart/form-data; boundary=a; boundary=b", null)]
    [InlineData("multipart/form-data; boundary=\"a\rb\"", null)]
    public void The_boundary_of_a_content_type(string contentType, string? boundary)
    {
        Assert.True(MultipartBoundary.IsForm(contentType));
        Assert.Equal(boundary, MultipartBoundary.Find(contentType));
    }
}
