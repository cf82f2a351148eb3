using Weir.Core.Routing.Pools;
using Xunit;

namespace Weir.Core.Tests.Routing.Pools;

public sealed class PriorityRulesTests
{
    private static readonly PriorityRules Rules = new()
    {
        Classes = new Dictionary<string, PriorityClass>(StringComparer.OrdinalIgnoreCase) { ["batch"] = PriorityClass.Low, ["interactive"] = PriorityClass.High },
    };

    [Theory]
    [InlineData(null, null, PriorityClass.Normal)]
    [InlineData("interactive", null, PriorityClass.High)]
    [InlineData("Batch", null, PriorityClass.Low)]
    [InlineData("unheard of", null, PriorityClass.Normal)]
    [InlineData(null, "low", PriorityClass.Low)]
    [InlineData("interactive", "BATCH", PriorityClass.Low)]
    public void Label_and_header_say_the_class(string? label, string? header, PriorityClass expected) => Assert.Equal(expected, Rules.Of(label, header));

    [Theory]
    [InlineData(null, "high")]
    [InlineData("normal", "interactive")]
    [InlineData("normal", "unheard of")]
    public void A_header_never_raises_a_call(string? label, string header) => Assert.Equal(PriorityClass.Normal, Rules.Of(label, header));
}
