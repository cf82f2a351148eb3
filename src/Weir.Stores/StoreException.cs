namespace Weir.Stores;

/// <summary>A store cannot be used as it is. The message is for the operator: what, where and how to mend it; never a secret.</summary>
public sealed class StoreException : Exception
{
    public StoreException(string message) : base(message)
    {
    }

    public StoreException(string message, Exception inner) : base(message, inner)
    {
    }
}
