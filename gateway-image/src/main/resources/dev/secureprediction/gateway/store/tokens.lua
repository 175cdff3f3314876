-- Takes tokens of a minute's bucket. KEYS: the bucket. ARGV: tokens a minute, tokens to take (negative: given back),
-- 1 to take them even if that makes a debt. Returns 0 or 2 (used up), tokens left, milliseconds until so many are there.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local perMinute = tonumber(ARGV[1])
local amount = tonumber(ARGV[2])
local bucket = redis.call('HMGET', KEYS[1], 'level', 'at')
local level = perMinute
if bucket[1] then
  local passed = math.max(0, now - tonumber(bucket[2]))
  level = math.min(perMinute, tonumber(bucket[1]) + passed * perMinute / 60000)
end
if ARGV[3] ~= '1' and level < amount then
  return {2, string.format('%.6f', level), math.ceil((math.min(perMinute, amount) - level) * 60000 / perMinute)}
end
level = math.min(perMinute, level - amount)
redis.call('HSET', KEYS[1], 'level', string.format('%.6f', level), 'at', string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil((perMinute - level) * 60000 / perMinute) + 1000)
return {0, string.format('%.6f', level), 0}
