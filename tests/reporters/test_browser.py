"""The page in a real browser: clicks, both languages, long and hostile documents.

Needs chromium and chromedriver; where these are missing the tests are skipped, unless
DETECTOR_BROWSER=required, as in CI.
"""

import os
import shutil

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

import detector as d
from detector.formats.shipped import shipped_folder
from detector.model.document import Document
from detector.model.report import Batch
from detector.pipeline import Checker
from detector.reporters import render
from detector.reporters.html import render_pairs
from tests.reporters.builders import against_corpus, everywhere

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
REQUIRED = os.environ.get("DETECTOR_BROWSER") == "required"
pytestmark = pytest.mark.skipif(
    not (BROWSER and DRIVER) and not REQUIRED, reason="chromium is not installed"
)
OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1500,1000",
)

_IS_THERE = "return document.readyState === 'complete' && location.href"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for option in OPTIONS:
        options.add_argument(option)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('browser')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options, webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def shown(browser, tmp_path):
    def show(batch, language="en"):
        page = tmp_path / "report.html"
        page.write_bytes(render(batch, "html", language))
        browser.get(page.as_uri())
        # A busy machine has been seen to go on before the page was there.
        WebDriverWait(browser, 30).until(
            lambda shown_: shown_.execute_script(_IS_THERE) == page.as_uri()
        )
        return browser

    return show


def visible(browser, selector):
    return [
        e for e in browser.find_elements(By.CSS_SELECTOR, selector) if e.is_displayed()
    ]


def errors(browser):
    return [entry["message"] for entry in browser.get_log("browser")]


def test_a_button_changes_the_language_of_every_word(shown):
    browser = shown(against_corpus())
    before = {e.get_attribute("lang") for e in visible(browser, ".w")}

    browser.find_element(By.ID, "language").click()

    assert before == {"en"}
    assert {e.get_attribute("lang") for e in visible(browser, ".w")} == {"zh"}
    assert errors(browser) == []


def test_findings_are_filtered_by_level_and_rule(shown):
    report = Checker(None).check(Document.from_text("xx镇党委。" + "很" * 90 + "好。"))
    browser = shown(Batch((report,)))
    rules = {f.rule for f in report.findings}
    first = [e.get_attribute("data-rule") for e in visible(browser, ".stated li")]

    browser.find_element(By.CSS_SELECTOR, "[name=level][value=note]").click()
    every = {e.get_attribute("data-rule") for e in visible(browser, ".stated li")}
    Select(browser.find_element(By.NAME, "rule")).select_by_visible_text("SLOT001")
    one = {e.get_attribute("data-rule") for e in visible(browser, ".stated li")}

    assert "VOID001" not in first
    assert every == rules
    assert one == {"SLOT001"}


def test_a_passage_of_the_text_leads_to_its_twin(shown):
    browser = shown(against_corpus())

    mark = visible(browser, ".text .m")[0]
    number = mark.get_attribute("data-m").split()[0]
    mark.click()

    on = visible(browser, ".passage.on")
    assert [e.get_attribute("data-m") for e in on] == [number]


def test_one_source_is_shown_alone(shown):
    browser = shown(against_corpus())
    every = visible(browser, ".passage")
    box = visible(browser, ".sources input")[1]

    box.click()

    kept = visible(browser, ".passage")
    muted = visible(browser, ".m.off")[0]
    muted.click()
    assert not browser.current_url.split("#")[1:]
    assert muted.get_attribute("tabindex") == "-1"
    assert 0 < len(kept) < len(every)
    assert {e.get_attribute("data-source") for e in kept} == {
        box.get_attribute("value")
    }


def test_the_page_of_pairs_is_sorted_in_both_languages(browser, tmp_path):
    folder = shipped_folder() / "demo"
    page = tmp_path / "pairs.html"
    page.write_bytes(render_pairs(d.Corpus.open(str(folder)).pairs(), (), "en"))
    browser.get(page.as_uri())

    def longest():
        cells = visible(browser, ".sortable tbody td:nth-child(6)")
        return [int(cell.get_attribute("data-sort")) for cell in cells]

    browser.find_element(By.ID, "language").click()
    column = visible(browser, ".sortable thead button")[5]
    column.click()
    once = longest()
    column.click()

    assert column.text == "最长一段"
    assert len(once) == 104
    assert once in (sorted(once), sorted(once, reverse=True))
    assert longest() in (sorted(once), sorted(once, reverse=True))
    assert longest() != once
    assert not errors(browser)


def test_texts_are_sorted_from_the_first_and_numbers_from_the_greatest(shown):
    browser = shown(against_corpus())
    names, numbers = visible(browser, ".sortable thead button")[:4:3]

    names.click()
    head = visible(browser, "#index thead th")[0].get_attribute("aria-sort")
    numbers.click()
    counted = [
        int(e.get_attribute("data-sort"))
        for e in visible(browser, "#index tbody td:nth-child(4)")
    ]

    assert head == "ascending"
    assert counted == sorted(counted, reverse=True)


@pytest.mark.parametrize("of", ["reports", "pairs"])
def test_on_a_narrow_screen_a_path_keeps_its_column(browser, tmp_path, of):
    page = tmp_path / "page.html"
    demo = str(shipped_folder() / "demo")
    made = {
        "reports": lambda: render(against_corpus(), "html", "en"),
        "pairs": lambda: render_pairs(d.Corpus.open(demo).pairs(), (), "en"),
    }
    page.write_bytes(made[of]())
    narrow = {"width": 420, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", narrow)
    try:
        browser.get(page.as_uri())
        paths = visible(browser, "#index tbody th")
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        sizes = [path.size for path in paths]
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

    assert wide <= 420  # the table scrolls, the page does not
    assert all(size["width"] > 150 for size in sizes)


def test_the_table_of_several_is_sorted(shown):
    browser = shown(against_corpus())
    column = visible(browser, ".sortable thead button")[3]

    column.click()
    down = [
        int(e.get_attribute("data-sort"))
        for e in visible(browser, "tbody td:nth-child(4)[data-sort]")
    ]
    column.click()
    up = [
        int(e.get_attribute("data-sort"))
        for e in visible(browser, "tbody td:nth-child(4)[data-sort]")
    ]

    assert down == sorted(up, reverse=True)
    assert len(up) == 2


def test_keys_go_from_mark_to_mark(shown):
    browser = shown(against_corpus())
    body = browser.find_element(By.TAG_NAME, "body")

    body.send_keys("j")
    first = browser.switch_to.active_element
    first.send_keys("j")
    second = browser.switch_to.active_element
    second.send_keys("k")

    assert "m" in first.get_attribute("class").split() or "f" in first.get_attribute(
        "class"
    )
    assert first != second
    assert browser.switch_to.active_element == first
    assert first.send_keys(Keys.TAB) is None


@pytest.mark.parametrize("width", [360, 800, 1500])
def test_nothing_is_wider_than_the_window(shown, width):
    browser = shown(against_corpus())
    browser.set_window_size(width, 900)

    room = browser.execute_script("return document.documentElement.clientWidth")
    wide = browser.execute_script("return document.documentElement.scrollWidth")

    browser.set_window_size(1500, 1000)
    assert wide <= room


def test_it_is_printed_on_white_paper_whatever_the_theme(shown):
    browser = shown(against_corpus())
    paper = "return getComputedStyle(document.body).backgroundColor"
    light = browser.execute_script(paper)
    browser.find_element(By.ID, "theme").click()
    dark = browser.execute_script(paper)

    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    printed = browser.execute_script(paper)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})

    assert light != dark
    assert printed == "rgb(253, 253, 251)"


def test_a_hostile_document_runs_nothing(shown):
    attack = (
        "<script>window.PWNED=1</script><img src=x onerror=window.PWNED=1>"
        "\"><svg onload=window.PWNED=1>'</style></script>javascript:PWNED=1\u202e"
    )
    browser = shown(everywhere(attack))

    for link in browser.find_elements(By.CSS_SELECTOR, "a"):
        assert link.get_attribute("href").startswith("file:")
    assert browser.execute_script("return window.PWNED") is None
    assert errors(browser) == []


def test_the_policy_stops_what_escaping_might_miss(browser, tmp_path):
    made = render(against_corpus(), "html", "en").decode()
    page = tmp_path / "injected.html"
    page.write_text(
        made.replace("</main>", "<script>window.PWNED=1</script></main>"), "utf-8"
    )

    browser.get(page.as_uri())

    assert browser.execute_script("return window.PWNED") is None
    assert any("Content Security Policy" in message for message in errors(browser))


def test_a_long_report_is_shown_whole(shown):
    text = "\n".join(
        f"第{n}段写到xx镇全年完成投资{n}万元，新建道路{n}公里，" * 8 for n in range(300)
    )
    report = Checker(None).check(Document.from_text(text))
    browser = shown(Batch((report,)))

    lines = browser.find_elements(By.CSS_SELECTOR, ".text .line")
    browser.find_element(By.ID, "language").click()

    assert len(lines) == 300
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "zh"
