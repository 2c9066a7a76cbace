-- Final checkouts of a cart of 20 lines, each another purchase under a key of its own.
local cart = io.open(os.getenv("PROMO_CART")):read("a")
local key = os.getenv("PROMO_KEY")
local run = os.getenv("PROMO_RUN")
local threads = 0
local count = 0

function setup(thread)
  threads = threads + 1
  thread:set("place", threads)
end

function request()
  count = count + 1
  local id = run .. "-" .. place .. "-" .. count
  return wrk.format("POST", "/v1/checkouts", {
    ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. key,
    ["Idempotency-Key"] = id,
  }, '{"id":"' .. id .. '","cart":' .. cart .. "}")
end

function done(summary, latency)
  io.write(string.format("%.0f %d %d %d\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50), latency:percentile(99), summary.errors.status + summary.errors.timeout))
end
