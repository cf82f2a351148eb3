using System.Text;
using Weir.Core.Routing.Pools;
using Xunit;

namespace Weir.Core.Tests.Routing.Pools;

public sealed class PrometheusTextTests
{
    [Theory]
    [InlineData("a 1", "a=1")]
    [InlineData("a{} 1.5e3 1763000000", "a=1500")]
    [InlineData("a\t 2\r\nb 3\n", "a=2;b=3")]
    [InlineData("# TYPE a gauge\n\n  a{x=\"1\"} -2\n", "a=-2")]
    [InlineData("a{x=\"}\\\"\"} 4", "a=4")]
    [InlineData("a{x=\"1\" 4\nb 1", "b=1")]
    [InlineData("a\nb{x=\"1\"}\nc one\nd 1x\ne NaN\nf 6", "f=6")]
    public void Samples_are_read_and_other_lines_skipped(string page, string expected)
    {
        var found = new List<string>();
        var samples = new PrometheusText(Encoding.UTF8.GetBytes(page));
        while (samples.Read())
            found.Add(FormattableString.Invariant($"{Encoding.UTF8.GetString(samples.Name)}={samples.Value}"));

        Assert.Equal(expected, string.Join(';', found));
    }

    [Theory]
    [InlineData("a", "1")]
    [InlineData("b", "x,\"y\"\\\nz")]
    [InlineData("c", "")]
    [InlineData("d", null)]
    public void Labels_are_found_by_name_with_their_escapes_undone(string name, string? value)
    {
        var samples = new PrometheusText(Encoding.UTF8.GetBytes("""m{a="1", b="x,\"y\"\\\nz",c=""} 1"""));

        Assert.True(samples.Read());
        Assert.Equal(value, samples.Label(Encoding.UTF8.GetBytes(name)));
    }
}
