namespace Weir.Stores.Redis;

/// <summary>
/// What runs inside Redis (5 or later), each in one step. Notices are a hash, their ends (ms since 1970 by Redis' own clock, so that replicas'
/// clocks need not agree) a sorted set of the same names; both keys end with their last notice.
/// </summary>
internal static class RedisScripts
{
    /// <summary>KEYS: notices, ends. ARGV: name, text, length in ms (0 = forget), channel.</summary>
    public const string Tell = """
        local clock = redis.call('TIME')
        local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
        local length = tonumber(ARGV[3])
        if length == 0 then
          redis.call('HDEL', KEYS[1], ARGV[1])
          redis.call('ZREM', KEYS[2], ARGV[1])
        else
          local standing = redis.call('ZSCORE', KEYS[2], ARGV[1])
          if not standing or tonumber(standing) < now + length then
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
            redis.call('ZADD', KEYS[2], string.format('%.0f', now + length), ARGV[1])
          end
        end
        for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', string.format('%.0f', now), 'LIMIT', 0, 100)) do
          redis.call('HDEL', KEYS[1], name)
          redis.call('ZREM', KEYS[2], name)
        end
        local last = redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')
        if last[2] then
          redis.call('PEXPIREAT', KEYS[1], last[2])
          redis.call('PEXPIREAT', KEYS[2], last[2])
        end
        redis.call('PUBLISH', ARGV[4], ARGV[2])
        return 1
        """;

    /// <summary>KEYS: notices, ends. Gives text, ms left, text, ms left, …</summary>
    public const string Read = """
        local clock = redis.call('TIME')
        local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
        local found = {}
        local ends = redis.call('ZRANGEBYSCORE', KEYS[2], string.format('(%.0f', now), '+inf', 'WITHSCORES')
        for i = 1, #ends, 2 do
          local text = redis.call('HGET', KEYS[1], ends[i])
          if text then
            found[#found + 1] = text
            found[#found + 1] = tonumber(ends[i + 1]) - now
          end
        end
        return found
        """;
}
