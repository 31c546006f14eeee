"""Places of a scenario as people call them."""

import pytest

import sim
from sim.scenario.changes import path_of
from sim.study.places import place_called


@pytest.mark.parametrize(
    ("place", "en", "zh"),
    [
        ("departments.production.staff", "Production: number of people", "生产部：人数"),
        ("departments.sales.levers.latency", "Sales: hand-over latency", "销售部：交接延迟"),
        ("levers.latency", "hand-over latency", "交接延迟"),
        ("relations.trust", "trust at the start", "期初信任度"),
        ("processes.order.steps.sign.C", "Order, Sign: consulted before the work is done",
         "订单，签单：咨询：动手之前征询"),
        ("ranges.levers.latency", "range of what is not certain: hand-over latency", "不确定范围：交接延迟"),
        ("departments.production.kpis[0].target", "Production, requests done: what counts as met: requests a week for "
         "volume, a share otherwise", "生产部，完成数量：达标的标准：volume 为每周请求数，其余为比例"),
        ("nowhere.at.all", "nowhere.at.all", "nowhere.at.all"),
    ],
)  # fmt: skip
def test_places_are_called_as_people_call_them(place, en, zh):
    """Whose it is and what it is, in both languages; a place that is not there by its own name."""
    told = place_called([sim.load("order_delivery")], path_of(place))
    assert (told.en, told.zh) == (en, zh)
