using System.Text;
using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Tests.Dialects.Json;

public class StrictJsonTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("{\"a\":1,\"b\":{\"a\":2},\"c\":[{\"a\":1},{\"a\":1}]}")]
    [InlineData("{\"a\":1,\"A\":2}")]
    [InlineData("{\"a\":\"\\ud83d\\ude00 \\\\ud800\"}")]
    [InlineData("{\"\":1,\"x\":[[],[[]],{}]}")]
    [InlineData(" [1.0, 1e400, -0, 123456789012345678901234567890] ")]
    public void Good_JSON_is_accepted(string json) => Assert.Null(StrictJson.Check(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}", "duplicate_key", "a")]
    [InlineData("{\"a\":1,\"\\u0061\":2}", "duplicate_key", "\\u0061")]
    [InlineData("{\"\\u0061\":1,\"a\":2}", "duplicate_key", "a")]
    [InlineData("{\"m\":[{\"x\":1},{\"t\":{\"k\":1,\"j\":2,\"k\":3}}]}", "duplicate_key", "m[1].t.k")]
    [InlineData("{\"a\":[0,\"\\ud800\"]}", "invalid_json", "a[1]")]
    [InlineData("{\"a\":\"\\udc00\\ud800\"}", "invalid_json", "a")]
    [InlineData("{\"a\":\"\\uD83Dx\\uDE00\"}", "invalid_json", "a")]
    [InlineData("{\"a\":\"\\ud83d\\n\"}", "invalid_json", "a")]
    [InlineData("{\"\\udfff\":1}", "invalid_json", "\\udfff")]
    [InlineData("{\"a\":tru}", "invalid_json", "a")]
    [InlineData("", "invalid_json", null)]
    [InlineData("  ", "invalid_json", null)]
    [InlineData("{} x", "invalid_json", null)]
    [InlineData("{}{}", "invalid_json", null)]
    [InlineData("\uFEFF{}", "invalid_json", null)]
    [InlineData("{\"a\":1,}", "invalid_json", null)]
    [InlineData("{'a':1}", "invalid_json", null)]
    [InlineData("{\"a\":01}", "invalid_json", "a")]
    [InlineData("{\"a\":\"\u0001\"}", "invalid_json", "a")]
    [InlineData("{\"a\":NaN}", "invalid_json", "a")]
    [InlineData("// c\n{}", "invalid_json", null)]
    public void Ambiguous_or_broken_JSON_is_refused_with_its_place(string json, string code, string? path)
    {
        var error = StrictJson.Check(Encoding.UTF8.GetBytes(json));
        Assert.NotNull(error);
        Assert.Equal((code, path), (error.Code, error.Param));
    }

    [Fact]
    public void Broken_UTF8_is_refused() =>
        Assert.Equal("invalid_utf8", StrictJson.Check([(byte)'"', 0xC0, 0xAF, (byte)'"'])?.Code);

    [Fact]
    public void Sixty_four_levels_pass_and_sixty_five_do_not()
    {
        Assert.Null(StrictJson.Check(Encoding.UTF8.GetBytes(new string('[', 64) + new string(']', 64))));
        Assert.Equal("too_deep", StrictJson.Check(Encoding.UTF8.GetBytes(new string('[', 65) + new string(']', 65)))?.Code);
        Assert.Equal("too_deep", StrictJson.Check(Encoding.UTF8.GetBytes(new string('[', 100_000)))?.Code);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(20_000)]
    public void A_repeated_key_is_found_however_large_the_object(int keys)
    {
        var members = string.Join(',', Enumerable.Range(0, keys).Select(i => $"\"k{i}\":{i}"));
        Assert.Null(StrictJson.Check(Encoding.UTF8.GetBytes($"{{{members}}}")));
        Assert.Equal("duplicate_key", StrictJson.Check(Encoding.UTF8.GetBytes($"{{{members},\"k{keys / 2}\":0}}"))?.Code);
    }

    [Fact]
    public void Random_documents_agree_with_the_frameworks_duplicate_check()
    {
        var random = new Random(99);
        var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
        for (var i = 0; i < 3_000; i++)
        {
            var json = Encoding.UTF8.GetBytes(RandomValue(random, 0));
            bool accepted;
            try
            {
                JsonDocument.Parse(json, options).Dispose();
                accepted = true;
            }
            catch (JsonException)
            {
                accepted = false;
            }

            Assert.Equal(accepted, StrictJson.Check(json) is null);
        }
    }

    [Fact]
    public void Keys_that_differ_in_case_are_refused_only_where_folded()
    {
        Assert.Equal("duplicate_key", FoldedTop("{\"name\":1,\"Name\":2}"));
        Assert.Equal("duplicate_key", FoldedTop("{\"name\":1,\"NAM\\u0065\":2}"));
        Assert.Null(FoldedTop("{\"name\":{\"x\":1,\"X\":1}}"));
    }

    [Fact]
    public void Plain_keys_cost_no_allocation()
    {
        var body = Encoding.UTF8.GetBytes("{\"a\":1,\"b\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"user\",\"content\":\"x\"}]}");
        StrictJson.Check(body);
        StrictJson.Check(body);
        var before = GC.GetAllocatedBytesForCurrentThread();
        StrictJson.Check(body);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static string? FoldedTop(string json)
    {
        try
        {
            var reader = new StrictJsonReader(Encoding.UTF8.GetBytes(json));
            reader.Read();
            reader.FoldCase();
            while (reader.Read())
            {
            }

            reader.Dispose();
            return null;
        }
        catch (JsonRefusal refusal)
        {
            return refusal.Error.Code;
        }
    }

    private static string RandomValue(Random random, int depth) => random.Next(depth > 4 ? 2 : 4) switch
    {
        0 => "1",
        1 => "\"t\"",
        2 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => RandomValue(random, depth + 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => $"\"{RandomKey(random)}\":{RandomValue(random, depth + 1)}"))}}}",
    };

    private static string RandomKey(Random random) =>
        random.Next(12) == 0 ? "\\u006" + random.Next(1, 9) : new string((char)('a' + random.Next(26)), random.Next(1, 3));
}
