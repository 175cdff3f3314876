-- Counts a call that begins: one request of a minute's bucket and one place, both or none.
-- KEYS: bucket of requests, running calls. ARGV: requests a minute (0: unlimited), calls at a time (0: unlimited),
-- id of the call, milliseconds after which its place is free even if nobody gave it back.
-- Returns what is used up (0 nothing, 1 places, 2 requests), units left, milliseconds until one more is there.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local perMinute = tonumber(ARGV[1])
local most = tonumber(ARGV[2])
if most > 0 then
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
  if redis.call('ZCARD', KEYS[2]) >= most then
    return {1, '0', 1000}
  end
end
local level = 1
if perMinute > 0 then
  local bucket = redis.call('HMGET', KEYS[1], 'level', 'at')
  level = perMinute
  if bucket[1] then
    local passed = math.max(0, now - tonumber(bucket[2]))
    level = math.min(perMinute, tonumber(bucket[1]) + passed * perMinute / 60000)
  end
  if level < 1 then
    return {2, string.format('%.6f', level), math.ceil((1 - level) * 60000 / perMinute)}
  end
  level = level - 1
  redis.call('HSET', KEYS[1], 'level', string.format('%.6f', level), 'at', string.format('%.0f', now))
  redis.call('PEXPIRE', KEYS[1], 61000)
end
if most > 0 then
  redis.call('ZADD', KEYS[2], string.format('%.0f', now + tonumber(ARGV[4])), ARGV[3])
  redis.call('PEXPIRE', KEYS[2], ARGV[4])
end
local wait = 0
if level < 1 then
  wait = math.ceil((1 - level) * 60000 / math.max(1, perMinute))
end
return {0, string.format('%.6f', level), wait}
