using System.Text.RegularExpressions;
using Weir.Core.Dialects.AnthropicMessages;
using Xunit;

namespace Weir.Core.Tests.Dialects.AnthropicMessages;

public sealed partial class ToolIdsTests
{
    [Theory]
    [InlineData("toolu_01A-b")]
    [InlineData("call.1|x")]
    [InlineData("функция")]
    [InlineData("weirx_YS4x")]
    [InlineData("functions.get_weather:0")]
    public void Ids_are_legal_and_come_back(string id)
    {
        string legal = ToolIds.ToClient(id);
        Assert.Matches(Legal(), legal);
        Assert.Equal(id, ToolIds.ToOrigin(legal));
        Assert.Equal(ToolIds.ToUpstream(id), ToolIds.ToUpstream(ToolIds.ToOrigin(legal)));
    }

    [Fact]
    public void Long_ids_are_shortened_alike_every_time()
    {
        string id = new('é', 200);
        string legal = ToolIds.ToUpstream(id);
        Assert.Matches(Legal(), legal);
        Assert.InRange(legal.Length, 1, ToolIds.MaxLength);
        Assert.Equal(legal, ToolIds.ToUpstream(id));
        Assert.NotEqual(legal, ToolIds.ToUpstream(id + "x"));
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]+$")]
    private static partial Regex Legal();
}
