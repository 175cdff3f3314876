-- SecurePredictionEndpoint and PredictionEnvironment. No libraries are needed: Argo CD runs health checks without them.
-- An older generation's status says nothing about this one.
local health = {status = "Progressing", message = "Waiting for the operator to look at this generation"}
local status = obj.status
if status == nil or status.observedGeneration ~= obj.metadata.generation then
  return health
end
local conditions = {}
for _, condition in ipairs(status.conditions or {}) do
  conditions[condition.type] = condition
end
local function is(type, value)
  return conditions[type] ~= nil and conditions[type].status == value
end
local function text(type)
  local message = conditions[type].message
  if message == nil or message == "" then
    return conditions[type].reason
  end
  return conditions[type].reason .. ": " .. message
end

-- a person must act
if is("Stalled", "True") then
  return {status = "Degraded", message = text("Stalled")}
end
-- somebody wants nothing to be written
if is("Paused", "True") then
  return {status = "Suspended", message = text("Paused")}
end
if is("Reconciling", "True") then
  health.message = text("Reconciling")
  -- waits for another environment or for an approval, while what was admitted last serves on
  if conditions.Reconciling.reason == "AwaitingPromotion" or conditions.Reconciling.reason == "Held" then
    health.status = "Suspended"
  end
  return health
end
if is("Ready", "True") then
  health.status = "Healthy"
  health.message = text("Ready")
  -- these are told, and never make a running endpoint unhealthy
  if is("Consistent", "False") then
    health.message = health.message .. " | " .. text("Consistent")
  end
  if is("Drifted", "True") then
    health.message = health.message .. " | " .. text("Drifted")
  end
  return health
end
if conditions.Ready ~= nil then
  health.message = text("Ready")
end
return health
