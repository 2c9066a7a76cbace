-- A peer in LuaJIT: every campaign is a closure over the cart, which the host has summed once.
--
-- usage: luajit closures.lua FOLDER NAME...      FOLDER from `benchmarks --export FOLDER`
-- prints: luajit NAME MICROSECONDS, and luajit compile MICROSECONDS for a rule-sized text.
--
-- It prices the whole cart: conditions on original sums, percentages on unit prices with one
-- rounding, the cheapest of every three units free, amounts off the order. It is a little less work
-- than ours: an amount is shared by running sums and not by largest remainder, units are not kept
-- apart once a deal has used them, and nobody is told why a campaign does not apply.
local ffi = require 'ffi'
ffi.cdef [[
struct stamp { long seconds; long nanoseconds; };
int clock_gettime(int, struct stamp *);
]]
local stamp = ffi.new('struct stamp')
local PROCESS_TIME = 2

-- Seconds that this process has had.
local function seconds()
  ffi.C.clock_gettime(PROCESS_TIME, stamp)
  return tonumber(stamp.seconds) + tonumber(stamp.nanoseconds) * 1e-9
end

local floor = math.floor

-- Reads an exported workload: sizes, facts of the cart, a row a line, a row a campaign.
local function read(path)
  local file = assert(io.open(path))
  local lineCount, campaignCount = file:read('*n', '*n', '*n')
  local cart = { lines = {} }
  cart.segment, cart.visits, cart.day = file:read('*n', '*n', '*n')
  cart.coupon, cart.otherCoupon = file:read('*n', '*n')
  for index = 1, lineCount do
    local sku, category, quantity, price = file:read('*n', '*n', '*n', '*n')
    cart.lines[index] = {
      sku = sku, category = category, quantity = quantity, original = price, index = index,
      price = price, paid = quantity, cost = 0,
    }
  end
  local campaigns = {}
  for index = 1, campaignCount do
    local c = {}
    c.kind, c.category, c.sku, c.segment, c.coupon = file:read('*n', '*n', '*n', '*n', '*n')
    c.first, c.last, c.points, c.threshold, c.amount = file:read('*n', '*n', '*n', '*n', '*n')
    campaigns[index] = c
  end
  file:close()
  return cart, campaigns
end

-- A percentage off the lines of a field's value; of all lines when the field is nil.
local function percentOff(cart, field, value, points)
  local left = 10000 - points
  for _, line in ipairs(cart.lines) do
    if not field or line[field] == value then
      line.price = floor((line.price * left + 5000) / 10000)
    end
  end
end

-- The order in which units are taken: the dearest first, then the lower sku, then the earlier line.
local function isDearer(one, other)
  if one.price ~= other.price then return one.price > other.price end
  if one.sku ~= other.sku then return one.sku < other.sku end
  return one.index < other.index
end

-- Frees the cheapest of every three units of a category.
local function thirdFree(cart, category)
  local ranked = {}
  for _, line in ipairs(cart.lines) do
    if line.category == category and line.price > 0 then ranked[#ranked + 1] = line end
  end
  table.sort(ranked, isDearer)
  local open = 0
  for _, line in ipairs(ranked) do
    local count = open + line.paid
    line.paid = line.paid - floor(count / 3)
    open = count % 3
  end
end

-- An amount off the order, shared in proportion to what lines cost.
local function amountOff(cart, amount)
  local total = 0
  for _, line in ipairs(cart.lines) do total = total + line.cost end
  if total <= 0 then return end
  if amount > total then amount = total end
  local sum, given = 0, 0
  for _, line in ipairs(cart.lines) do
    sum = sum + line.cost
    local due = floor(amount * sum / total)
    line.cost = line.cost - (due - given)
    given = due
  end
end

-- A campaign as two closures: whether it holds, and what it does; and whether to the order.
local function compile(c)
  local kind, category, points = c.kind, c.category, c.points
  local threshold, segment, amount = c.threshold, c.segment, c.amount
  local offCategory = function(cart) percentOff(cart, 'category', category, points) end
  local offOrder = function(cart) amountOff(cart, amount) end
  if kind == 0 then
    return function(cart) return (cart.categoryUnits[category] or 0) >= threshold end, offCategory
  elseif kind == 1 then
    return function(cart) return cart.subtotal >= threshold end, offOrder, true
  elseif kind == 2 then
    return function(cart) return cart.visits + 1 == threshold end, offOrder, true
  elseif kind == 3 then
    local first, last = c.first, c.last
    return function(cart)
      return cart.segment == segment and first <= cart.day and cart.day <= last
    end, offCategory
  elseif kind == 4 then
    return function(cart)
      return cart.segment == segment and (cart.categoryUnits[category] or 0) >= 3
    end, function(cart) thirdFree(cart, category) end
  elseif kind == 5 then
    local coupon = c.coupon
    local holds = function(cart) return cart.coupon == coupon or cart.otherCoupon == coupon end
    if category >= 0 then return holds, offCategory end
    return holds, function(cart) percentOff(cart, nil, nil, points) end
  end
  local sku = c.sku
  return function(cart) return (cart.skuUnits[sku] or 0) >= threshold end,
    function(cart) percentOff(cart, 'sku', sku, points) end
end

-- Prices the cart under all campaigns.
local function price(cart, items, orders)
  local subtotal, categoryUnits, skuUnits = 0, {}, {}
  for _, line in ipairs(cart.lines) do
    local quantity, category, sku = line.quantity, line.category, line.sku
    line.price, line.paid = line.original, quantity
    subtotal = subtotal + quantity * line.original
    categoryUnits[category] = (categoryUnits[category] or 0) + quantity
    skuUnits[sku] = (skuUnits[sku] or 0) + quantity
  end
  cart.subtotal, cart.categoryUnits, cart.skuUnits = subtotal, categoryUnits, skuUnits
  for _, campaign in ipairs(items) do
    if campaign.holds(cart) then campaign.give(cart) end
  end
  for _, line in ipairs(cart.lines) do line.cost = line.price * line.paid end
  for _, campaign in ipairs(orders) do
    if campaign.holds(cart) then campaign.give(cart) end
  end
end

-- The middle of five batches, in microseconds for one run.
local function median(run)
  run()
  local count = 1
  while true do
    local start = seconds()
    for _ = 1, count do run() end
    if seconds() - start > 0.1 then break end
    count = count * 3
  end
  local times = {}
  for batch = 1, 5 do
    local start = seconds()
    for _ = 1, count do run() end
    times[batch] = (seconds() - start) / count * 1e6
  end
  table.sort(times)
  return times[3]
end

-- Microseconds to compile the text of one rule, each different from the others.
local function compileTime()
  local count = 10000
  local texts = {}
  for index = 1, count do
    texts[index] = string.format([[
return function(cart)
  if (cart.categoryUnits["c%05d"] or 0) >= %d then percentOff(cart, "category", "c%05d", %d) end
end]], index % 2000, index % 9 + 1, index % 2000, index % 15 * 100)
  end
  local time = median(function()
    for index = 1, count do loadstring(texts[index]) end
  end)
  return time / count
end

for index = 2, #arg do
  local cart, campaigns = read(arg[1] .. '/' .. arg[index] .. '.txt')
  local items, orders = {}, {}
  for _, campaign in ipairs(campaigns) do
    local holds, give, isOfOrder = compile(campaign)
    local list = isOfOrder and orders or items
    list[#list + 1] = { holds = holds, give = give }
  end
  io.write(string.format('luajit %s %.3f\n',
    arg[index], median(function() price(cart, items, orders) end)))
  io.flush()
end
io.write(string.format('luajit compile %.3f\n', compileTime()))
