using Weir.Core.Identity;

namespace Weir.Core.Tests.Identity;

public sealed class LabelGrantTests
{
    [Theory]
    [InlineData("sensitivity", "high", true)]
    [InlineData("workload", "chat", true)]
    [InlineData("workload", "batch", false)]
    [InlineData("region", "eu", false)]
    public void A_name_allows_any_value_and_a_pair_allows_one(string name, string value, bool allowed) =>
        Assert.Equal(allowed, LabelGrant.Allows(["sensitivity", "workload=chat"], name, value));

    [Theory]
    [InlineData("workload", true)]
    [InlineData("workload=chat now", true)]
    [InlineData("Workload", false)]
    [InlineData("workload=", false)]
    [InlineData("workload=a,b", false)]
    [InlineData("workload=ä", false)]
    [InlineData("", false)]
    [InlineData("=x", false)]
    public void Grants_have_a_form(string text, bool isGrant) => Assert.Equal(isGrant, LabelGrant.IsGrant(text));

    [Fact]
    public void Keys_stand_above_teams_and_teams_above_tenants()
    {
        var table = new LabelTable(
            new Dictionary<string, IReadOnlyDictionary<string, string>> { ["acme"] = new Dictionary<string, string> { ["a"] = "tenant", ["b"] = "tenant", ["c"] = "tenant" } },
            new Dictionary<(string, string), IReadOnlyDictionary<string, string>> { [("acme", "web")] = new Dictionary<string, string> { ["b"] = "team", ["c"] = "team" } });
        var key = Keys.Make(1) with { Labels = new Dictionary<string, string> { ["c"] = "key" } };
        var labels = table.Of(new Caller("acme", "web", key));
        Assert.Equal(["a=tenant", "b=team", "c=key"], labels.Select(l => $"{l.Key}={l.Value}").Order());
        Assert.Equal(["c=key"], table.Of(new Caller("other", "web", key)).Select(l => $"{l.Key}={l.Value}"));
    }

    [Fact]
    public void A_table_of_keys_keeps_labels_and_grants()
    {
        var table = new KeyTable();
        var plain = Keys.Make(1);
        var labelled = Keys.Make(51) with { Team = plain.Team, Labels = new Dictionary<string, string> { ["workload"] = "support" }, AllowLabels = ["sensitivity"] };
        table.Put(plain);
        table.Put(labelled);
        Assert.Empty(table.Find(plain.Hash)!.Labels);
        var found = table.Find(labelled.Hash)!;
        Assert.Equal("support", found.Labels["workload"]);
        Assert.Equal(["sensitivity"], found.AllowLabels);
    }
}
