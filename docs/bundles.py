"""The table of shipped bundles: for whom, what they consist of, and what that costs together."""

from docs.choosing import link
from docs.costs import manufacturer
from docs.markdown import table
from sim.interventions import Intervention
from sim.scenario.bundles import Bundle, every_bundle
from sim.scenario.outline import notation
from sim.spec.base import text_of
from sim.study.directcost import direct_cost


def shipped() -> str:
    """Return a row for each shipped bundle."""
    rows = ((_named(name, one), _told(one), _parts(one), _price(one)) for name, one in every_bundle().items())
    return table(("bundle", "for whom, and why together", "consists of", "costs in the first year"), rows)


def _named(name: str, bundle: Bundle) -> str:
    return f"`{name}`<br>{bundle.label.en}<br>{bundle.label.zh}"


def _told(bundle: Bundle) -> str:
    about = text_of(bundle.description)
    return f"{' '.join(about.en.split())}<br>{about.zh}"


def _parts(bundle: Bundle) -> str:
    values = [f"`{place}` {value}" for place, value in bundle.set_.items()]
    return "<br>".join([*map(_part, bundle.with_), *values])


def _part(one: Intervention) -> str:
    doses = notation(one).partition(":")[2].replace(",", ", ")
    return f"{link(one.kind, type(one))}{f' ({doses})' if doses else ''}"


def _price(bundle: Bundle) -> str:
    """Return the mean over the weeks that count in the manufacturer's organization."""
    cost = direct_cost(manufacturer(), bundle.with_)
    bought = f", {cost.once:,.0f} once" if cost.once else ""
    return f"{cost.hours:.0f} h a week, up to {cost.most_hours:.0f}; in money {cost.money:,.0f} a week{bought}"
