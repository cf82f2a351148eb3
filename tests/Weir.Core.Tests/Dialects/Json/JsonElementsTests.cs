using System.Text;
using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Tests.Dialects.Json;

public sealed class JsonElementsTests
{
    private static readonly JsonElement Odd = JsonElements.Parse(
        """{"text":"a","half":"x\ud800y","none":null,"flag":true,"whole":5,"point":5.0,"far":1e300,"minus":-1,"list":[1],"object":{"type":"t"}}"""u8)!.Value;

    [Fact]
    public void What_is_absent_null_or_of_another_type_is_not_there()
    {
        Assert.Null(Odd.Member("missing"u8));
        Assert.Null(Odd.Member("none"u8));
        Assert.Null(Odd.Text("whole"u8));
        Assert.Null(Odd.Whole("text"u8));
        Assert.Null(Odd.Flag("text"u8));
        Assert.Null(Odd.Object("list"u8));
        Assert.Empty(Odd.Items("object"u8));
        Assert.Null(Odd.Member("text"u8)!.Value.Member("any"u8));
        Assert.Null(default(JsonElement).Text("any"u8));
        Assert.Equal(("", "", "a", true), (Odd.Type(), Odd.Member("whole"u8)!.Value.Text(), Odd.Text("text"u8), Odd.Flag("flag"u8)));
        Assert.Equal("t", Odd.Object("object"u8)!.Value.Type());
        Assert.Single(Odd.Items("list"u8));
    }

    [Fact]
    public void Half_a_surrogate_pair_leaves_the_rest_of_its_text() => Assert.Equal("x\uFFFDy", Odd.Text("half"u8));

    [Fact]
    public void Whole_numbers_may_be_spelled_with_a_fraction_and_places_are_not_negative()
    {
        Assert.Equal((5L, 5L, null, -1L), (Odd.Whole("whole"u8), Odd.Whole("point"u8), Odd.Whole("far"u8), Odd.Whole("minus"u8)));
        Assert.Equal((5, null), (Odd.Index("whole"u8), Odd.Index("minus"u8)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("no")]
    public void Bytes_that_are_no_JSON_are_no_document(string text) => Assert.Null(JsonElements.Parse(Encoding.UTF8.GetBytes(text)));
}
