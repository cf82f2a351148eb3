using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Dialects;
using Weir.Core.Metering;
using Weir.Core.Telemetry;

namespace Weir.Core.Tests.Telemetry;

internal static class Measurements
{
    public static CallMeasurement Call(string model = "gpt-4o", string outcome = "ok", string tenant = "acme") => new()
    {
        Operation = Operation.Chat,
        Dialect = "openai-chat",
        Model = model,
        Target = "openai/gpt-4o",
        Provider = "openai",
        Outcome = outcome,
        Tenant = tenant,
        Duration = TimeSpan.FromTicks(1_230_001),
        TimeToFirstToken = TimeSpan.FromMilliseconds(10),
    };

    public static AttemptMeasurement Attempt(string model = "gpt-4o") => new()
    {
        Operation = Operation.Chat,
        Model = model,
        Target = "openai/gpt-4o",
        Provider = "openai",
        UpstreamModel = "gpt-4o",
        Tenant = "acme",
        Outcome = AttemptOutcome.Ok,
        Usage = new Usage { InputUncached = 7, CacheRead = 3, OutputVisible = 2, Reasoning = 1 },
        Cost = new Money(1_234_567),
        PriceState = PriceState.Priced,
        Duration = TimeSpan.FromSeconds(1),
    };
}
