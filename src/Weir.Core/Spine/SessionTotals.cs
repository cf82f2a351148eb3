using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Metering;

namespace Weir.Core.Spine;

/// <summary>Sum of a session's answers.</summary>
public sealed record SessionTotals(int Answers, Usage Usage, Money Cost, PriceState State)
{
    public static SessionTotals None { get; } = new(0, default, Money.Zero, PriceState.Priced);

    public SessionTotals Plus(LedgerSettlement answer) =>
        new(Answers + 1, Usage.Plus(answer.Usage), Cost + answer.Cost, (PriceState)Math.Max((int)State, (int)answer.PriceState));
}
