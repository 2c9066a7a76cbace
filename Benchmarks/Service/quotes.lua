-- A cart of 20 lines, sent again and again to /v1/quotes.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("PROMO_KEY")
wrk.body = io.open(os.getenv("PROMO_CART")):read("a")

function done(summary, latency)
  io.write(string.format("%.0f %d %d %d\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50), latency:percentile(99), summary.errors.status + summary.errors.timeout))
end
