using Weir.Core.Metering;

namespace Weir.Admin;

/// <summary>Words for <see cref="UsageDimension"/> in queries and on the command line.</summary>
internal static class UsageDimensions
{
    public const string Names = "key, team, model, day, provider, tenant, kind";

    public static bool TryParse(string name, out UsageDimension dimension)
    {
        (var known, dimension) = name switch
        {
            "key" => (true, UsageDimension.Key),
            "team" => (true, UsageDimension.Team),
            "model" => (true, UsageDimension.Model),
            "day" => (true, UsageDimension.Day),
            "provider" => (true, UsageDimension.Provider),
            "tenant" => (true, UsageDimension.Tenant),
            "kind" => (true, UsageDimension.Kind),
            _ => (false, default),
        };
        return known;
    }
}
