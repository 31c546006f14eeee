"""The report of what is switched on, from the page."""

from pathlib import Path

import pytest

from tests.browser.conftest import Server

SHORT = "parent: trust_trap\nname: short\nwarmup_weeks: 0\nhorizon_weeks: 3\n"


@pytest.fixture
def short(cache_folder, tmp_path):
    """A server of an organization that is soon run."""
    (tmp_path / "short.yaml").write_text(SHORT, encoding="utf-8")
    running = Server(cache_folder, [str(tmp_path / "short.yaml")])
    running.begin()
    yield running
    running.end()


def test_a_report_is_downloaded(short, visit):  # the server goes last, or the page says that it is gone
    """In the language of the page, of what is switched on; meanwhile the button says that it is busy."""
    page = visit(f"{short.url}#with=shared_kpi&lang=zh")
    report = page.get_by_role("button", name="报告", exact=True)
    with page.expect_download() as waiting:
        report.click()
        page.wait_for_selector("#header .report[aria-busy]")
    assert waiting.value.suggested_filename == "short_report.html"
    text = Path(waiting.value.path()).read_text("utf-8")
    assert '<html lang="zh-CN">' in text
    assert "共同 KPI" in text
    assert "deptsim report short.yaml --with shared_kpi" in text
    assert "<script" not in text
    page.wait_for_selector("#header .report:not([aria-busy])")
