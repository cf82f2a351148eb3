using System.Text.RegularExpressions;
using Xunit;

namespace Weir.Core.Tests.Architecture;

/// <summary>Who may look at whom. See docs/architecture.md.</summary>
public sealed class RoomTests
{
    private static readonly RoomRule[] Rules =
    [
        new("Errors"),
        new("Canon", "Errors"),
        new("Dialects", "Canon", "Errors"),
        new("Tokens", "Canon"),
        new("Expressions"),
        new("Semantics"),
        new("Guards", "Canon", "Dialects", "Errors", "Pipeline", "Spine"),
    ];

    private static readonly string[] Rooms =
        [.. Directory.GetDirectories(Path.Combine(SourceTree.Root, "src", "Weir.Core")).Select(d => Path.GetFileName(d)!).Except(["bin", "obj"])];

    [Fact]
    public void The_inner_rooms_name_only_rooms_further_in()
    {
        var found = from rule in Rules
                    from file in SourceTree.CSharp("src/Weir.Core")
                    where file.Path.StartsWith($"src/Weir.Core/{rule.Room}/", StringComparison.Ordinal)
                    from violation in rule.Violations(file, Rooms)
                    select violation;
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("using Weir.Core.Routing;")]
    [InlineData("class C { Weir.Core.Routing.Plan p; }")]
    [InlineData("class C { Routing.Plan p; }")]
    public void A_room_that_looks_outward_is_found(string code)
    {
        var file = SourceFile.Parse("src/Weir.Core/Canon/X.cs", code);
        Assert.Equal(["src/Weir.Core/Canon/X.cs names Routing"], new RoomRule("Canon", "Errors").Violations(file, ["Canon", "Errors", "Routing"]));
    }

    [Theory]
    [InlineData("Dialects", "Sse", "Json", "JsonSplice", "ErrorBodies", "EventStream", "JsonLines", "JsonArrays", "Media", "Signatures", "Multipart", "PassThrough")]
    [InlineData("Providers")]
    public void Neighbours_do_not_know_each_other(string room, params string[] shared)
    {
        var path = Path.Combine(SourceTree.Root, "src", "Weir.Core", room);
        string[] neighbours = [.. Directory.GetDirectories(path).Select(d => Path.GetFileName(d)!).Except([.. shared, "Data"])];
        var found = from file in SourceTree.CSharp($"src/Weir.Core/{room}")
                    from other in neighbours
                    where file.Path.Split('/')[3] != other && Names(file, room, other)
                    select $"{file.Path} names {other}";
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("using Weir.Core.Dialects.OpenAiChat;", true)]
    [InlineData("class C { OpenAiChat.ChatTap tap; }", true)]
    [InlineData("class C { string OpenAiChat = \"OpenAiChat.X\"; } // OpenAiChat.ChatTap", false)]
    public void A_neighbour_that_is_named_is_found(string code, bool found) =>
        Assert.Equal(found, Names(SourceFile.Parse("src/Weir.Core/Dialects/Other/X.cs", code), "Dialects", "OpenAiChat"));

    private static bool Names(SourceFile file, string room, string other) =>
        Regex.IsMatch(file.Code, $@"\b{room}\.{other}\b|(?<![\w.]){other}\.\w");

    [Theory]
    [InlineData("src/Weir.Core", @"\bMicrosoft\.AspNetCore\b")]
    [InlineData("src/Weir.Core", @"\bWeir\.(Stores|Kubernetes|Simulator|Hosting|Http|Admin|Cli)\b")]
    [InlineData("src/Weir.Stores", @"\bWeir\.(Kubernetes|Simulator|Hosting|Http|Admin|Cli)\b")]
    [InlineData("src/Weir.Stores", @"\bMicrosoft\.AspNetCore\b")]
    [InlineData("src/Weir.Simulator", @"\bWeir\.(Core|Stores|Kubernetes|Hosting|Http|Admin|Cli)\b")]
    public void A_project_keeps_to_its_side(string folder, string forbidden)
    {
        var found = SourceTree.CSharp(folder).Where(f => Regex.IsMatch(f.Code, forbidden)).Select(f => f.Path);
        Assert.Empty(found);
    }

    [Fact]
    public void Steps_read_configuration_only_from_the_exchange()
    {
        // A request pins one snapshot for its life; asking for the current one halfway would mix two configurations.
        var found = SourceTree.CSharp("src/Weir.Core/Spine").Where(f => Regex.IsMatch(f.Code, @"\b(ISnapshotSource|ConfigurationHolder)\b")).Select(f => f.Path);
        Assert.Empty(found);
    }
}
