namespace Weir.Simulator.Calls;

/// <summary>Waits that end with the client's patience.</summary>
internal static class Waiting
{
    /// <summary>False when the client went away meanwhile.</summary>
    public static async ValueTask<bool> WaitAsync(this TimeProvider time, TimeSpan delay, CancellationToken gone)
    {
        if (delay > TimeSpan.Zero)
        {
            try
            {
                await Task.Delay(delay, time, gone);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }

        return !gone.IsCancellationRequested;
    }

    /// <summary>Returns when the client is gone.</summary>
    public static async Task UntilGoneAsync(CancellationToken gone)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = gone.Register(done.SetResult);
        await done.Task;
    }
}
