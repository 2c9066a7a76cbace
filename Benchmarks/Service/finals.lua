-- Final checkouts of a cart of 20 lines, each another purchase under a key of its own.
local file = io.open(os.getenv("PROMO_CART"))
local cart = file:read("*a")
local key = "Bearer " .. os.getenv("PROMO_KEY")
local run = os.getenv("PROMO_RUN") or "once"
local count = 0

function request()
  count = count + 1
  local id = "load-" .. run .. "-" .. count
  local headers = {
    ["Content-Type"] = "application/json", ["Authorization"] = key, ["Idempotency-Key"] = id,
  }
  return wrk.format("POST", nil, headers, '{"id":"' .. id .. '","cart":' .. cart .. "}")
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("%.0f %d %d %d\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50), latency:percentile(99),
    errors.status + errors.timeout + errors.connect + errors.read + errors.write))
end
