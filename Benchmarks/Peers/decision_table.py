"""A peer: which campaigns hold, as rows of one decision table of zen. Nothing is priced.

usage: decision_table.py FOLDER NAME      FOLDER from `benchmarks --export FOLDER`
prints: microseconds for one cart, of which the sums of categories and skus are a part.
"""

import json
import sys
from collections import Counter

import workload
import zen


def condition(c):
    """What a campaign asks, as text."""
    category = f"(categoryUnits.c{c.category} ?? 0)"
    return [
        f"{category} >= {c.threshold}",
        f"subtotal >= {c.threshold}",
        f"visits + 1 == {c.threshold}",
        f"segment == {c.segment} and day >= {c.first} and day <= {c.last}",
        f"segment == {c.segment} and {category} >= 3",
        f"{c.coupon} in coupons",
        f"(skuUnits.s{c.sku} ?? 0) >= {c.threshold}",
    ][c.kind]


def decision(campaigns):
    """A table that collects the campaigns that hold."""
    nowhere = {"x": 0, "y": 0}
    rows = [
        {"_id": str(place), "asked": condition(campaign), "campaign": str(place)}
        for place, campaign in enumerate(campaigns)
    ]
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": "asked", "name": "asked", "field": ""}],
        "outputs": [{"id": "campaign", "name": "campaign", "field": "campaign"}],
        "rules": rows,
    }
    kinds = [("in", "inputNode"), ("table", "decisionTableNode"), ("out", "outputNode")]
    nodes = [{"id": i, "name": i, "type": kind, "position": nowhere} for i, kind in kinds]
    nodes[1]["content"] = table
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
    ]
    text = json.dumps({"nodes": nodes, "edges": edges})
    return zen.ZenEngine().create_decision(zen.ZenDecisionContent(text))


def main():
    work = workload.read(*sys.argv[1:])
    table = decision(work.campaigns)

    def run():
        categories, skus, subtotal = Counter(), Counter(), 0
        for line in work.lines:
            categories[f"c{line.category}"] += line.quantity
            skus[f"s{line.sku}"] += line.quantity
            subtotal += line.quantity * line.price
        answer = table.evaluate(
            {
                "segment": work.segment, "visits": work.visits, "day": work.day,
                "coupons": work.coupons, "subtotal": subtotal,
                "categoryUnits": dict(categories), "skuUnits": dict(skus),
            }
        )
        return len(answer["result"] or [])

    print(sys.argv[2], "held", run(), file=sys.stderr)
    print(f"{workload.microseconds(run):.3f}")


main()
