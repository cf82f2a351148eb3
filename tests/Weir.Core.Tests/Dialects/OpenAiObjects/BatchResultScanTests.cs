using System.Text;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiObjects;
using Xunit;

namespace Weir.Core.Tests.Dialects.OpenAiObjects;

public sealed class BatchResultScanTests
{
    private const string Lines =
        """{"id":"b1","custom_id":"1","response":{"status_code":200,"body":{"model":"gpt-5-mini","usage":{"prompt_tokens":10,"completion_tokens":7,"total_tokens":17,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":5}}}},"error":null}""" + "\n"
        + """{"id":"b2","custom_id":"2","response":null,"error":{"code":"x"}}""" + "\r\n\n"
        + "not json\n"
        + """{"id":"b3","custom_id":"3","response":{"status_code":200,"body":{"model":"text-embedding-3-small","usage":{"prompt_tokens":3,"total_tokens":3}}}}""";

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(100_000)]
    public void Every_line_counts_once_however_the_file_is_cut(int piece)
    {
        var dialect = new OpenAiObjectsDialect();
        var tap = dialect.CreateTap(Facts(isResult: true), new UpstreamTarget("", UpstreamQuirks.None, 0));
        var bytes = Encoding.UTF8.GetBytes(Lines);
        for (var at = 0; at < bytes.Length; at += piece)
            tap.OnBytes(bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)));
        Assert.Equal(3, tap.Facts.Batch!.Lines.Count);
        tap.OnEnd();

        Assert.Equal(
            [("gpt-5-mini", new Usage { InputUncached = 6, CacheRead = 4, OutputVisible = 2, Reasoning = 5 }), ("", default), ("", default), ("text-embedding-3-small", new Usage { InputUncached = 3 })],
            tap.Facts.Batch.Lines);
        Assert.True(tap.Facts.IsComplete);
    }

    [Fact]
    public void A_file_that_is_no_result_is_not_read()
    {
        var tap = new OpenAiObjectsDialect().CreateTap(Facts(isResult: false), new UpstreamTarget("", UpstreamQuirks.None, 0));
        tap.OnBytes(Encoding.UTF8.GetBytes(Lines));
        tap.OnEnd();
        Assert.Null(tap.Facts.Batch);
    }

    private static RequestFacts Facts(bool isResult)
    {
        var facts = new OpenAiObjectsDialect().ReadFacts([], new CallHead(Operation.Files) { Method = "GET", Path = "/v1/files/file-1/content" }).Facts!;
        facts.Objects!.IsBatchResult = isResult;
        return facts;
    }
}
