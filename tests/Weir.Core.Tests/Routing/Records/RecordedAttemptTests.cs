using System.Text.Json;
using Weir.Core.Routing.Records;

namespace Weir.Core.Tests.Routing.Records;

public sealed class RecordedAttemptTests
{
    [Fact]
    public void An_attempt_that_went_on_with_anothers_answer_is_told_from_one_that_answered()
    {
        var decision = JsonDocument.Parse("""
            {"attempts":[{"n":1,"target":"a/m","outcome":"cut","status":200},{"n":2,"target":"b/m","outcome":"ok","status":200,"continues":{"attempt":1,"characters":12}}]}
            """).RootElement;

        Assert.Equal([("a/m", false), ("b/m", true)], RecordedAttempt.All(decision).Select(a => (a.Target, a.Continues)));
    }
}
