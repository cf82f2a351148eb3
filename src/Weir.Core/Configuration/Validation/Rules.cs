namespace Weir.Core.Configuration.Validation;

/// <summary>All rules over a whole set of documents. Every rule runs, so that one run shows every mistake.</summary>
internal static class Rules
{
    public static void Check(RuleContext context)
    {
        NameRules.Check(context);
        ProviderRules.Check(context);
        ModelRules.Check(context);
        KeyRules.Check(context);
        ServerRules.Check(context);
        ObjectRules.Check(context);
        SharedStateRules.Check(context);
        PriceRules.Check(context);
        SignalRules.Check(context);
        RouteRules.Check(context);
    }
}
