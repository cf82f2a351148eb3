using System.Net;
using Weir.Simulator.Directives;
using Weir.Simulator.Scripts;

namespace Weir.Simulator;

/// <summary>How a simulator is set up. Everything has a default that suits a test.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Where to listen; port 0 takes a free one.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Rules for calls without directives.</summary>
    public SimulatorScript? Script { get; init; }

    /// <summary>Length and latency of every call that is not told otherwise; a script's defaults come first.</summary>
    public CallDirectives Defaults { get; init; } = new();

    /// <summary>Folder of recorded exchanges (<c>*.jsonl</c>, <c>*.jsonl.gz</c>) to serve.</summary>
    public string? ReplayDirectory { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Calls answered at a time, as by an inference server with a batch of that size; the others wait. Null = no limit.</summary>
    public int? Places { get; init; }

    /// <summary>Source of all content and identifiers; equal seeds and calls give equal answers.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>When set, any other credential is answered 401.</summary>
    public string? RequiredKey { get; init; }

    /// <summary>Keep each request's bytes with its record.</summary>
    public bool CaptureRequests { get; init; }

    /// <summary>The models listed. Calls may name any model.</summary>
    public IReadOnlyList<string> Models { get; init; } =
    [
        "gpt-5", "gpt-5-mini", "gpt-4o", "gpt-4o-mini", "text-embedding-3-small", "text-embedding-3-large",
        "claude-opus-5", "claude-sonnet-5", "claude-haiku-4-5", "gemini-2.5-pro", "gemini-2.5-flash",
    ];
}
