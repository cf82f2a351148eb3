using Microsoft.AspNetCore.Http;
using Weir.Simulator.Answers;
using Weir.Simulator.Records;

namespace Weir.Simulator.Calls;

/// <summary>One call in progress: what was sent so far, and the record at its end.</summary>
internal sealed class Call
{
    private readonly SimulatorState _state;
    private bool _finished;

    public Call(HttpContext http, string dialect, SimulatorState state, SimulatorOptions options)
    {
        _state = state;
        Http = http;
        Dialect = dialect;
        Sequence = state.Begin();
        StartedAt = options.TimeProvider.GetUtcNow();
        RequestId = SimIds.Make("req_", options.Seed, Sequence, 1);
    }

    public HttpContext Http { get; }

    public string Dialect { get; set; }

    public long Sequence { get; }

    public DateTimeOffset StartedAt { get; }

    public string RequestId { get; }

    public string Model { get; set; } = "";

    public bool Stream { get; set; }

    public int ToolResults { get; set; }

    public int Events { get; private set; }

    public CapturedRequest? Captured { get; set; }

    public ServedUsage Usage { get; private set; }

    public bool UsageReported { get; private set; } = true;

    public CancellationToken Gone => Http.RequestAborted;

    /// <summary>Counts an event that is on its way: the prompt with the first one, output as it goes.</summary>
    public void Sent(SimEvent sent, ServedUsage input)
    {
        Events++;
        UsageReported = sent.ReportsUsage;
        Usage = input with
        {
            OutputVisible = Usage.OutputVisible + sent.Visible,
            Reasoning = Usage.Reasoning + sent.Reasoning,
        };
    }

    /// <summary>Counts a body that goes out in one piece.</summary>
    public void SentWhole(ServedUsage usage, bool reported = true)
    {
        Events = 1;
        Usage = usage;
        UsageReported = reported;
    }

    /// <summary>Files the record; later calls change nothing.</summary>
    public void Finish(Completion completion, int? status = null)
    {
        if (_finished)
        {
            return;
        }

        _finished = true;
        _state.Add(new CallRecord
        {
            Sequence = Sequence,
            Dialect = Dialect,
            Model = Model,
            Status = status ?? Http.Response.StatusCode,
            Stream = Stream,
            Events = Events,
            Completion = completion,
            RequestId = RequestId,
            Usage = Usage,
            UsageReported = UsageReported,
            ToolResults = ToolResults,
            StartedAt = StartedAt,
            Request = Captured,
        });
    }
}
