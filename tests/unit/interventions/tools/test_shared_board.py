"""A board shows and does not ring: what it moves, and what a table of progress moves instead."""

import pytest

import sim
from sim.interventions import InstantMessaging, SharedBoard
from sim.interventions.shapes import SOFTWARE


@pytest.fixture(scope="module")
def aims() -> dict[str, dict[str, tuple[float, float]]]:
    """Return where a board, a table of progress and a messenger move levers to, and how far."""
    firm = sim.load("order_delivery")
    every = {"board": SharedBoard(), "tracker": SharedBoard(preset="tracker"), "messenger": InstantMessaging()}
    return {name: {edit.lever: (edit.toward, edit.strength) for edit in one.edits(firm)} for name, one in every.items()}


def test_a_board_tells_news_and_dates_and_takes_hold_like_software(aims) -> None:
    """Requests are seen within two hours at best."""
    board = {"latency": (2.0, 0.5), "transparency": (1.0, 0.4), "withholding": (0.0, 0.5), "milestones": (1.0, 0.4)}
    assert {lever: aims["board"][lever] for lever in board} == board
    assert SharedBoard().adoption == SOFTWARE


def test_a_tracker_is_more_about_dates_and_less_about_requests(aims) -> None:
    """It costs half as much."""
    for lever in ("milestones", "withholding"):
        assert aims["tracker"][lever][1] > aims["board"][lever][1]
    assert aims["tracker"]["latency"][1] < aims["board"]["latency"][1]
    assert aims["tracker"]["overhead"][1] == pytest.approx(aims["board"]["overhead"][1] / 2)


def test_only_a_messenger_rings(aims) -> None:
    """It is seen in a quarter of an hour, of questions too, which a board does not show."""
    assert aims["messenger"]["latency"][0] == aims["messenger"]["answer_latency"][0] == 0.25
    assert "answer_latency" not in aims["board"]
