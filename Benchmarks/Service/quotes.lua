-- A cart of 20 lines, sent again and again to /v1/quotes.
local file = io.open(os.getenv("PROMO_CART"))
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("PROMO_KEY")
wrk.body = file:read("*a")

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("%.0f %d %d %d\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50), latency:percentile(99),
    errors.status + errors.timeout + errors.connect + errors.read + errors.write))
end
