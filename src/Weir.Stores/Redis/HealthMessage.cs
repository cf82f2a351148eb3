using System.Text.Json;
using Weir.Core.Routing.Health;

namespace Weir.Stores.Redis;

/// <summary>
/// A notice as text: JSON of a few members. Times are lengths, not points in time, so that replicas' clocks need not agree.
/// What is not understood (another version, somebody else's text) is passed over.
/// </summary>
/// <param name="Replica">Who says it.</param>
/// <param name="Notice">What is said; its end by the reader's clock.</param>
internal sealed record HealthMessage(string Replica, HealthNotice Notice)
{
    private const int Version = 1;
    private const int Longest = 4096;

    /// <summary>The text, at <paramref name="now"/>.</summary>
    public static string Write(string replica, HealthNotice notice, DateTimeOffset now) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["v"] = Version,
        ["replica"] = replica,
        ["change"] = NameOf(notice.Change),
        ["subject"] = notice.Subject,
        ["ms"] = notice.Until is { } until ? (long)(until - now).TotalMilliseconds : null,
        ["reason"] = notice.Reason,
    });

    /// <summary>The notice, or null. <paramref name="left"/> overrides the length in the text: it was kept for a while.</summary>
    public static HealthMessage? Read(string text, DateTimeOffset now, TimeSpan? left = null)
    {
        if (text.Length > Longest)
            return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.GetProperty("v").GetInt32() != Version || ChangeOf(root.GetProperty("change").GetString()) is not { } change)
                return null;
            var length = left ?? (root.GetProperty("ms") is { ValueKind: JsonValueKind.Number } ms ? TimeSpan.FromMilliseconds(ms.GetInt64()) : null);
            if (change == HealthChange.Closed != length is null || root.GetProperty("replica").GetString() is not { } replica || root.GetProperty("subject").GetString() is not { } subject)
                return null;
            return new HealthMessage(replica, new HealthNotice(change, subject, now + length, root.GetProperty("reason").GetString() ?? ""));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static string NameOf(HealthChange change) => change switch
    {
        HealthChange.Opened => "opened",
        HealthChange.Rests => "rests",
        _ => "closed",
    };

    private static HealthChange? ChangeOf(string? name) => name switch
    {
        "opened" => HealthChange.Opened,
        "rests" => HealthChange.Rests,
        "closed" => HealthChange.Closed,
        _ => null,
    };
}
