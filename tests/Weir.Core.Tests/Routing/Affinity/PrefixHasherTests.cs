using System.Text;
using Weir.Core.Routing.Affinity;

namespace Weir.Core.Tests.Routing.Affinity;

public sealed class PrefixHasherTests
{
    private const string System = """{"role":"system","content":"You help."}""";
    private const string First = """{"role":"user","content":"one"}""";
    private const string Answer = """{"role":"assistant","content":"two"}""";
    private const string Second = """{"role":"user","content":"three"}""";

    private static PromptPrefixes Read(string body, ulong seed = 1) => PrefixHasher.Read(Encoding.UTF8.GetBytes(body), seed);

    private static IReadOnlyList<ulong> Chat(params string[] messages) => Read($$"""{"model":"m","messages":[{{string.Join(',', messages)}}]}""").Hashes;

    [Fact]
    public void A_conversation_that_goes_on_keeps_the_beginnings_it_had()
    {
        var before = Chat(System, First);
        var after = Chat(System, First, Answer, Second);
        Assert.Equal(2, before.Count);
        Assert.Equal(4, after.Count);
        Assert.Equal(before, after.Take(2));
        Assert.Equal(after.Count, after.Distinct().Count());
    }

    [Fact]
    public void Another_system_prompt_or_other_tools_share_nothing()
    {
        var one = Chat(System, First);
        Assert.Empty(one.Intersect(Chat("""{"role":"system","content":"You obey."}""", First)));
        Assert.Empty(one.Intersect(Read($$"""{"tools":[{"type":"function"}],"messages":[{{System}},{{First}}]}""").Hashes));
    }

    [Fact]
    public void Order_of_members_white_space_and_marks_for_caching_do_not_count()
    {
        var plain = Read("""{"system":"s","tools":[{"name":"t"}],"messages":[{"role":"user","content":[{"type":"text","text":"hi"}]}]}""");
        var marked = Read("""
            { "messages": [ {"role": "user", "content": [ {"type": "text", "text": "hi", "cache_control": {"type": "ephemeral"}} ]} ],
              "tools": [ {"name": "t", "cache_control": {"type": "ephemeral"}} ], "system": "s", "temperature": 1 }
            """);
        Assert.Equal(2, plain.Hashes.Count);
        Assert.Equal(plain.Hashes, marked.Hashes);
    }

    [Fact]
    public void Tenants_share_nothing()
    {
        var body = $$"""{"messages":[{{System}},{{First}}]}""";
        Assert.Empty(Read(body, 1).Hashes.Intersect(Read(body, 2).Hashes));
    }

    [Theory]
    [InlineData("""{"prompt_cache_key":"a","messages":[]}""")]
    [InlineData("""{"conversation":"a","input":"x"}""")]
    [InlineData("""{"conversation":{"id":"a","x":{}},"input":"x"}""")]
    [InlineData("""{"metadata":{"user_id":"a","x":[1]},"messages":[]}""")]
    public void The_conversation_a_body_names_is_its_session(string body)
    {
        var session = Read(body).Session;
        Assert.NotNull(session);
        Assert.Equal(session, Read(body).Session);
        Assert.NotEqual(session, Read(body.Replace("\"a\"", "\"b\"", StringComparison.Ordinal)).Session);
        Assert.NotEqual(session, Read(body, 2).Session);
    }

    [Theory]
    [InlineData("""{"contents":[{"role":"user","parts":[{"text":"a"}]},{"role":"model","parts":[{"text":"b"}]}],"systemInstruction":{"parts":[{"text":"s"}]}}""", 3)]
    [InlineData("""{"input":[{"role":"user","content":"a"}],"instructions":"s"}""", 2)]
    [InlineData("""{"input":"a"}""", 1)]
    [InlineData("""{"prompt":"a"}""", 1)]
    [InlineData("""{"messages":[],"tools":[],"system":""}""", 0)]
    [InlineData("[1]", 0)]
    [InlineData("--boundary", 0)]
    [InlineData("", 0)]
    public void Every_dialects_turns_are_found(string body, int prefixes) => Assert.Equal(prefixes, Read(body).Hashes.Count);

    [Fact]
    public void Very_long_conversations_have_a_bounded_number()
    {
        var messages = Enumerable.Range(0, 500).Select(i => $$"""{"role":"user","content":"{{i}}"}""").ToArray();
        Assert.Equal(PrefixHasher.MostPrefixes, Chat(messages).Count);
    }

    [Fact]
    public void A_header_names_the_session_before_the_body_does()
    {
        var body = Encoding.UTF8.GetBytes("""{"prompt_cache_key":"a","messages":[]}""");
        var named = new CallAffinity("t", "key_1", "mine", body);
        var bare = new CallAffinity("t", "key_1", null, body);
        Assert.NotEqual(named.Session, bare.Session);
        Assert.NotEqual(named.Session, new CallAffinity("u", "key_1", "mine", body).Session);
        Assert.Equal(named.Key, bare.Key);
        Assert.NotEqual(named.Key, new CallAffinity("t", "key_2", "mine", body).Key);
    }
}
