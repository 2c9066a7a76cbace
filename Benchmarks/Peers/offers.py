"""A peer: django-oscar's offers on a basket, an offer for each campaign that could apply.

usage: offers.py FOLDER NAME      FOLDER from `benchmarks --export FOLDER`
prints: microseconds to apply all offers to one basket that is in memory already; when that takes
longer than PEER_SECONDS (120), the microseconds after which it was stopped, so that it takes more.

It is given what helps it: ranges are sets of ids, what depends on the shopper alone is decided
beforehand, and neither baskets nor offers are read from the database while it is timed. Its units
take part in one offer each, so its prices are others.
"""

import os
import signal
import statistics
import sys
import time
from decimal import Decimal

import django
from django.conf import settings
from oscar import INSTALLED_APPS, defaults

import workload

settings.configure(
    **{name: getattr(defaults, name) for name in dir(defaults) if name.isupper()},
    SECRET_KEY="benchmark", USE_TZ=True, SITE_ID=1, ROOT_URLCONF="", MIDDLEWARE=[],
    INSTALLED_APPS=list(INSTALLED_APPS), DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    HAYSTACK_CONNECTIONS={
        "default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}
    },
)
django.setup()

from django.core.management import call_command
from oscar.core.loading import get_class, get_model


class Lines:
    """A range that knows its products."""

    name = "lines"
    includes_all_products = False

    def __init__(self, ids):
        self.ids = ids

    def contains_product(self, product):
        return product.id in self.ids

    def num_products(self):
        return len(self.ids)


def basket(work):
    """A basket with a product for each line, and the ids of its products."""
    product_model = get_model("catalogue", "Product")
    kind = get_model("catalogue", "ProductClass").objects.create(name="kind", track_stock=False)
    partner = get_model("partner", "Partner").objects.create(name="partner")
    count = range(len(work.lines))
    product_model.objects.bulk_create(
        product_model(title=str(i), slug=str(i), upc=str(i), product_class=kind) for i in count
    )
    products = {int(product.upc): product for product in product_model.objects.all()}
    stock_model = get_model("partner", "StockRecord")
    stock_model.objects.bulk_create(
        stock_model(
            product=products[i], partner=partner, partner_sku=str(i),
            price=Decimal(work.lines[i].price) / 100,
        )
        for i in count
    )
    stock = {int(record.partner_sku): record for record in stock_model.objects.all()}
    made = get_model("basket", "Basket").objects.create()
    line_model = get_model("basket", "Line")
    line_model.objects.bulk_create(
        line_model(
            basket=made, line_reference=str(i), product=products[i], stockrecord=stock[i],
            quantity=work.lines[i].quantity, price_excl_tax=stock[i].price,
            price_incl_tax=stock[i].price,
        )
        for i in count
    )
    made.strategy = get_class("partner.strategy", "Default")()
    made._lines = (
        made.lines.select_related("product__product_class", "stockrecord__partner")
        .prefetch_related("product__stockrecords__partner")
        .order_by("pk")
    )
    list(made._lines)
    return made, [products[i].id for i in count]


def parts(c, work, ids, ranges):
    """What a campaign asks and what it gives, as (range, type, value) each; None if it can't."""

    def lines(field, value):
        key = (field, value)
        if key not in ranges:
            chosen = {
                ids[i] for i, line in enumerate(work.lines)
                if field is None or getattr(line, field) == value
            }
            ranges[key] = Lines(chosen)
        return ranges[key]

    everything = lines(None, None)
    category = everything if c.category < 0 else lines("category", c.category)
    percent = ("Percentage", Decimal(c.points) / 100)
    amount = (everything, "Absolute", Decimal(c.amount) / 100)
    if c.kind == 0:
        return (category, "Count", c.threshold), (category, *percent)
    if c.kind == 1:
        return (everything, "Value", Decimal(c.threshold) / 100), amount
    if c.kind == 2:
        return ((everything, "Count", 1), amount) if work.visits + 1 == c.threshold else None
    if c.kind == 3:
        holds = work.segment == c.segment and c.first <= work.day <= c.last
        return ((category, "Count", 1), (category, *percent)) if holds else None
    if c.kind == 4:
        holds = work.segment == c.segment
        return ((category, "Count", 3), (category, "Multibuy", None)) if holds else None
    if c.kind == 5:
        return ((category, "Count", 1), (category, *percent)) if c.coupon in work.coupons else None
    sku = lines("sku", c.sku)
    return (sku, "Count", c.threshold), (sku, *percent)


def offers(work, ids):
    """An offer for each campaign, with its condition and benefit made once."""
    range_model = get_model("offer", "Range")
    any_range = range_model.objects.create(name="any", slug="any", includes_all_products=True)
    made, ranges = [], {}
    for place, campaign in enumerate(work.campaigns):
        found = parts(campaign, work, ids, ranges)
        if found is None:
            continue
        sides = []
        for name, (chosen, kind, value) in zip(("Condition", "Benefit"), found):
            side = get_model("offer", name).objects.create(range=any_range, type=kind, value=value)
            proxy = side.proxy()
            proxy.range = range_model(name="chosen", slug="chosen")
            proxy.range.__dict__["proxy"] = chosen
            side.proxy = (lambda one: lambda: one)(proxy)
            sides.append(side)
        offer = get_model("offer", "ConditionalOffer").objects.create(
            name=str(place), slug=str(place), offer_type="Site", condition=sides[0],
            benefit=sides[1], max_basket_applications=1, priority=-place,
        )
        offer.condition, offer.benefit = sides
        made.append(offer)
    return made


class Late(Exception):
    """It takes too long."""


def stop(*_):
    raise Late


def main():
    work = workload.read(*sys.argv[1:])
    call_command("migrate", run_syncdb=True, verbosity=0)
    shopping, ids = basket(work)
    conditional = offers(work, ids)
    applicator = get_class("offer.applicator", "Applicator")()

    def run():
        shopping.reset_offer_applications()
        applicator.apply_offers(shopping, conditional)

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(int(os.environ.get("PEER_SECONDS", "120")))
    times = []
    start = time.process_time()
    try:
        for _ in range(5):
            start = time.process_time()
            run()
            times.append(time.process_time() - start)
    except Late:
        times = times or [time.process_time() - start]
    signal.alarm(0)
    print(sys.argv[2], "saved", shopping.total_discount, file=sys.stderr)
    print(f"{statistics.median(times) * 1e6:.0f}")


main()
