using Weir.Core.Tests.Architecture;
using Xunit;

namespace Weir.Core.Tests.Compatibility;

public sealed class CompatibilityTests
{
    private const string Page = "docs/reference/compatibility.md";

    public static TheoryData<string, string> Pairs() =>
        new(from client in CompatibilityTable.Clients
            from upstream in CompatibilityTable.Upstreams
            where client.Dialect.Name != upstream.Dialect.Name
            select (client.Title, upstream.Title));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void No_parameter_is_ignored_in_silence(string clientTitle, string upstreamTitle)
    {
        var client = CompatibilityTable.Clients.Single(c => c.Title == clientTitle);
        var upstream = CompatibilityTable.Upstreams.Single(u => u.Title == upstreamTitle);
        Assert.Empty(client.Parameters.Where(p => CompatibilityTable.FateOf(client, p, upstream).IsIgnored).Select(p => p.Name));
    }

    [Fact]
    public void The_published_table_is_what_the_translators_do()
    {
        var generated = CompatibilityTable.Write();
        var path = Path.Combine(SourceTree.Root, Page);
        if (Environment.GetEnvironmentVariable("WEIR_UPDATE") == "1")
            File.WriteAllText(path, generated);
        Assert.True(File.Exists(path) && File.ReadAllText(path) == generated, $"{Page} is out of date: run the tests once with WEIR_UPDATE=1");
    }
}
