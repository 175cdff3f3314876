-- PredictionVerification: a record that is not trusted is no error of this cluster, it counts for nothing.
local status = obj.status
if status == nil or status.valid == nil then
  return {status = "Progressing", message = "Waiting for the operator to check the signature"}
end
if status.valid then
  return {status = "Healthy", message = status.reason}
end
return {status = "Degraded", message = status.reason or "not trusted"}
