namespace Weir.Core.Routing.Health;

/// <summary>
/// What repeats and hedges are paid from, so that they stay a small part of the calls while everything fails: every first
/// attempt pays in a part of a token, every repeat takes one out. Thread safe.
/// </summary>
public sealed class RetryBudget
{
    /// <summary>Thousandths of a token that an ordinary attempt pays in: one repeat for every five calls.</summary>
    private const int Deposit = 200;

    private const int Price = 1000;

    /// <summary>What can be saved up, and what there is at the start.</summary>
    private const int Most = 10 * Price;

    private int _balance = Most;

    /// <summary>An ordinary attempt leaves.</summary>
    public void PayIn()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _balance);
        }
        while (seen < Most && Interlocked.CompareExchange(ref _balance, Math.Min(Most, seen + Deposit), seen) != seen);
    }

    /// <summary>Takes a token for a repeat or a hedge; false when there is none.</summary>
    public bool TrySpend()
    {
        while (true)
        {
            var seen = Volatile.Read(ref _balance);
            if (seen < Price)
                return false;
            if (Interlocked.CompareExchange(ref _balance, seen - Price, seen) == seen)
                return true;
        }
    }
}
