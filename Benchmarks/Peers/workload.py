"""Reads exported workloads, and times what is done with them."""

import statistics
import time
from collections import namedtuple

Line = namedtuple("Line", "sku category quantity price")
Campaign = namedtuple(
    "Campaign",
    "kind category sku segment coupon first last points threshold amount",
)
Workload = namedtuple("Workload", "segment visits day coupons lines campaigns")


def read(folder, name):
    """A workload that `benchmarks --export FOLDER` wrote."""
    with open(f"{folder}/{name}.txt", encoding="utf-8") as file:
        rows = [[int(word) for word in row.split()] for row in file]
    line_count = rows[0][0]
    segment, visits, day, *coupons = rows[1]
    lines = [Line(*row) for row in rows[2 : 2 + line_count]]
    campaigns = [Campaign(*row) for row in rows[2 + line_count :]]
    return Workload(segment, visits, day, coupons, lines, campaigns)


def batch(run, count):
    """Seconds of this process that some runs take."""
    start = time.process_time()
    for _ in range(count):
        run()
    return time.process_time() - start


def microseconds(run):
    """The middle of five batches, for one run."""
    run()
    count = 1
    while batch(run, count) < 0.1:
        count *= 3
    return statistics.median(batch(run, count) / count for _ in range(5)) * 1e6
