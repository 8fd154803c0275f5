from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree

import pytest
from browsing import CHROMIUM, WAIT, Visit, browsing, serving, visiting
from graphs import hostile as hostile_reading
from payloads import PAYLOADS
from playwright.sync_api import BrowserContext, expect
from samples import fill

from kg.explorer.snapshot import Snapshot
from kg.home import DEFAULT_BASE, Home
from kg.store import current

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: the browser tests need one")

COMPANY = "/?e=organization/konica-minolta"
MARKET = "/?e=market/teleradiology-services-market"
CENTRE = DEFAULT_BASE + "organization/konica-minolta"
PARTNER = DEFAULT_BASE + "organization/newvue"


@pytest.fixture(scope="module")
def browser() -> Iterator[BrowserContext]:
    with browsing() as started:
        yield started


@pytest.fixture(scope="module")
def sample(sample_home: Home) -> Iterator[str]:
    with serving(sample_home.path) as address:
        yield address


@pytest.fixture(scope="module")
def hostile(hostile_home: Home) -> Iterator[str]:
    with serving(hostile_home.path) as address:
        yield address


@pytest.fixture
def visit(browser: BrowserContext, sample: str) -> Iterator[Visit]:
    with visiting(browser, sample) as found:
        yield found


def query(visit: Visit) -> dict[str, list[str]]:
    return parse_qs(urlsplit(visit.page.url).query)


def addressed(visit: Visit, name: str, value: str) -> None:
    """Waits until the address of the page has that value of a parameter."""
    visit.page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get(name) == [value], timeout=WAIT)


def settled(visit: Visit, drawn: int) -> None:
    """Waits until the component has drawn for the n-th time or more."""
    visit.page.wait_for_function(
        "([canvas, drawn]) => Number(canvas.dataset.drawn) >= drawn",
        arg=[visit.canvas.element_handle(), drawn],
        timeout=WAIT,
    )


def test_a_deep_link_draws_the_neighbourhood(visit: Visit) -> None:
    """An address leads straight to the picture, with the centre, its partner and their deal in it."""
    visit.open(COMPANY)
    names = visit.drawing("(cy) => cy.nodes().map((n) => n.data('name'))")

    assert {"Konica Minolta", "NewVue"} <= set(names)
    assert visit.drawing("(cy) => cy.nodes('[?centre]').map((n) => n.id())") == [CENTRE]
    expect(visit.page.get_by_role("heading", name="Konica Minolta", exact=True)).to_be_visible()
    visit.screenshot("explore-company")


def test_a_click_opens_the_panel_and_moves_nothing(visit: Visit) -> None:
    """After a click on a node its facts are read, and instance, zoom, pan and positions are what they were."""
    visit.open(COMPANY)
    visit.drawing("(cy) => { cy.same = true; cy.zoom(cy.zoom() * 1.1); return null; }")
    before = visit.state()
    visit.page.mouse.click(*visit.place(PARTNER))

    expect(visit.page.get_by_role("heading", name="NewVue", exact=True)).to_be_visible()
    assert visit.state() == before
    assert visit.drawing("(cy) => cy.same") is True
    assert query(visit)["p"] == ["organization/newvue"]


def test_a_click_on_a_line_opens_the_sentence(visit: Visit) -> None:
    """Whoever clicks an edge reads the sentence that says so, with the quote marked."""
    visit.open(COMPANY)
    edge = visit.drawing("(cy, id) => cy.getElementById(id).connectedEdges()[0].id()", PARTNER)
    visit.page.mouse.click(*visit.place(edge))

    mark = visit.page.locator(".kg-evidence mark").first
    expect(mark).to_be_visible()
    assert "NewVue" in mark.inner_text()
    assert query(visit)["p"] == [edge]
    visit.screenshot("explore-evidence")


def test_an_expansion_moves_nothing_that_is_there(visit: Visit) -> None:
    """A double click adds neighbours around a node; what stood stays where it stood, to the pixel."""
    visit.open(MARKET)
    before = visit.state()["nodes"]
    more = visit.drawing("(cy) => cy.nodes().filter((n) => /[+]\\d+$/.test(n.data('caption'))).map((n) => n.id())")
    visit.page.mouse.dblclick(*visit.place(more[0]))
    visit.page.wait_for_function(
        "([canvas, count]) => canvas.drawing.cy.nodes().length > count",
        arg=[visit.canvas.element_handle(), len(before)],
        timeout=WAIT,
    )
    after = visit.state()["nodes"]

    assert len(after) > len(before)
    assert {id_: after[id_] for id_ in before} == before
    assert "x" in query(visit)
    visit.screenshot("explore-expanded")


def test_the_same_address_gives_the_same_picture(browser: BrowserContext, sample: str) -> None:
    """A link that is sent on shows the receiver what the sender saw."""
    states = []
    for _ in range(2):
        with visiting(browser, sample) as visit:
            visit.open(COMPANY + "&h=2")
            states.append(visit.state())

    assert states[0] == states[1]


def test_the_legend_hides_and_shows_a_type(visit: Visit) -> None:
    """A press on a type takes it out of the picture, a second one brings it back where it was."""
    visit.open(COMPANY)
    before = visit.state()["nodes"]
    key = visit.page.get_by_role("button", name="Company")
    key.click()
    visit.page.wait_for_url("**t=Company**")
    settled(visit, 2)

    assert PARTNER not in visit.state()["nodes"]
    assert CENTRE in visit.state()["nodes"]

    key.click()
    settled(visit, 3)

    assert visit.state()["nodes"] == before


def test_the_graph_can_be_walked_by_keyboard(visit: Visit) -> None:
    """Arrow keys reach nodes and say their names, Enter reads one."""
    visit.open(COMPANY)
    visit.canvas.focus()
    visit.page.keyboard.press("ArrowDown")
    live = visit.page.locator("[aria-live=polite].live")

    expect(live).to_contain_text("Konica Minolta, company")
    visit.page.keyboard.press("ArrowUp")
    visit.page.keyboard.press("ArrowLeft")
    spoken = live.inner_text().split(",")[0]
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("heading").filter(has_text=spoken).first).to_be_visible()


def test_search_answers_while_one_types(visit: Visit) -> None:
    """A few letters of a name offer the entity with its type; the arrow keys and Enter lead to its picture."""
    visit.open("/")
    box = visit.page.get_by_role("combobox")
    box.click()
    box.press_sequentially("konica", delay=30)
    hits = visit.page.get_by_role("option")
    expect(hits.first).to_contain_text("Konica Minolta")
    expect(hits).to_have_count(2)
    visit.screenshot("search")
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("Enter")
    addressed(visit, "e", "organization/konica-minolta-healthcare-americas")

    assert visit.drawing("(cy) => cy.nodes('[?centre]').map((n) => n.data('name'))")[0].startswith("Konica Minolta H")


def test_search_offers_the_nearest_names(visit: Visit) -> None:
    """A misspelt name is said to be unknown, and those that are most like it are offered."""
    visit.open("/")
    visit.page.get_by_role("combobox").wait_for(timeout=WAIT)
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("konika minolta", delay=30)

    expect(visit.page.get_by_text("No name begins with")).to_be_visible()
    expect(visit.page.get_by_role("option").first).to_contain_text("Konica Minolta")


def pressed(visit: Visit, tool: str, drawn: int) -> None:
    """Presses a tool of the picture and waits for the n-th drawing."""
    visit.page.locator(f"button[data-tool={tool}]").click()
    settled(visit, drawn)


def test_steps_can_be_undone_and_redone(visit: Visit) -> None:
    """What was hidden comes back where it stood, and goes again."""
    visit.open(COMPANY + "&p=organization/newvue")
    before = visit.state()["nodes"]
    pressed(visit, "hide", 2)
    hidden = query(visit)

    assert PARTNER not in visit.state()["nodes"]
    assert hidden["y"] == ["organization/newvue"]
    expect(visit.page.get_by_text("Show 1 hidden by hand")).to_be_visible()

    pressed(visit, "undo", 3)
    addressed(visit, "p", "organization/newvue")
    assert visit.state()["nodes"] == before
    visit.page.locator("button[data-tool=redo]").click()
    addressed(visit, "y", "organization/newvue")
    assert query(visit) == hidden


def test_what_is_pinned_stays_in_its_place(browser: BrowserContext, sample: str) -> None:
    """A pinned node is still there when another centre is chosen, and its link shows it at the same place."""
    with visiting(browser, sample) as visit:
        visit.open(COMPANY + "&p=organization/newvue")
        place = visit.state()["nodes"][PARTNER]
        pressed(visit, "pin", 2)
        kept = query(visit)["k"][0]
    with visiting(browser, sample) as visit:
        visit.open(f"/?e=market/teleradiology-services-market&k={kept}")
        found = visit.state()["nodes"][PARTNER]

    assert found == {axis: round(at) for axis, at in place.items()}


def saved(visit: Visit, button: str) -> str:
    """What a press on a button saves, as text."""
    with visit.page.expect_download() as download:
        visit.page.locator(button).first.click()
    return download.value.path().read_bytes().decode("utf-8", "replace")


def test_the_picture_is_saved_in_every_format(visit: Visit) -> None:
    """PNG, SVG, CSV, GraphML and Turtle hold what is seen."""
    visit.open(COMPANY)
    visit.canvas.wait_for(timeout=WAIT)
    drawing = ElementTree.fromstring(saved(visit, "[data-tool=SVG]"))  # noqa: S314 # our own drawing

    assert saved(visit, "[data-tool=PNG]")[1:4] == "PNG"
    assert "NewVue" in "".join(drawing.itertext())
    for name, sign in (("CSV", "partnership,NewVue"), ("GraphML", "<graphml"), ("Turtle", "ci:Partnership")):
        assert sign in saved(visit, f"[data-testid=stDownloadButton] button:has-text('{name}')")


def test_a_path_is_read_drawn_and_saved(visit: Visit) -> None:
    """The address of two ends leads to the ways between them: sentences, a picture and a text to save."""
    visit.open("/paths?a=organization/viztek&b=organization/newvue")
    visit.page.get_by_text("Konica Minolta acquires Viztek").first.click(timeout=WAIT)

    expect(visit.page.locator(".kg-path .kg-evidence mark").first).to_be_visible()
    assert visit.drawing("(cy) => cy.nodes().length") >= 5
    assert "[1]" in saved(visit, "[data-testid=stDownloadButton] button")
    visit.screenshot("paths")
    visit.page.get_by_role("button", name="Swap").click()
    addressed(visit, "a", "organization/newvue")


def choose_first_row(visit: Visit, table: int) -> None:
    """Ticks the first row of a table, which is drawn on a canvas."""
    box = visit.page.get_by_test_id("stDataFrame").nth(table)
    box.scroll_into_view_if_needed()
    box.locator("canvas").first.wait_for(timeout=WAIT)
    visit.page.wait_for_timeout(500)
    place = box.bounding_box()
    assert place is not None
    visit.page.mouse.click(place["x"] + 18, place["y"] + 52)


def test_a_row_of_the_table_opens_the_panel(visit: Visit) -> None:
    """What is read in the table can be looked up as what is seen in the picture."""
    visit.open(COMPANY)
    visit.canvas.wait_for(timeout=WAIT)
    choose_first_row(visit, 0)
    visit.page.wait_for_url("**p=**")

    picked = query(visit)["p"][0]
    assert visit.drawing("(cy) => cy.$('.picked').map((e) => e.id())") == [DEFAULT_BASE + picked]
    expect(visit.page.locator(".kg-evidence mark").first).to_be_visible()


def test_a_deal_of_the_list_is_read(visit: Visit) -> None:
    """Selecting a row reads the event with its sentence, and its address shows it again."""
    visit.open("/deals?k=partnership&q=newvue")
    visit.page.locator(".kg-tiles").wait_for(timeout=WAIT)
    choose_first_row(visit, 0)
    expect(visit.page.locator(".kg-evidence mark").first).to_contain_text("NewVue", timeout=WAIT)
    assert query(visit)["p"][0].startswith("fact/")
    visit.screenshot("deals-read")
    visit.page.get_by_role("button", name="Konica Minolta").click()
    addressed(visit, "e", "organization/konica-minolta")


def test_a_dossier_is_read_and_taken_along(visit: Visit) -> None:
    """The address of a name leads to all about it; a line unfolds to its sentence; another is set beside it."""
    visit.open("/dossier?e=organization/konica-minolta")
    visit.page.locator("details.kg-line summary").first.click(timeout=WAIT)
    expect(visit.page.locator(".kg-evidence mark").first).to_be_visible()
    assert "<h1>Konica Minolta</h1>" in saved(visit, "button:has-text('to print')")
    other = visit.page.get_by_role("combobox", name="Compare with …")
    other.click()
    other.press_sequentially("newv", delay=30)
    expect(visit.page.get_by_role("option").first).to_contain_text("NewVue", timeout=WAIT)
    visit.page.keyboard.press("Enter")
    addressed(visit, "vs", "organization/newvue")
    expect(visit.page.locator(".kg-common").first).to_contain_text("Partnership", timeout=WAIT)


def test_a_segment_of_the_market_leads_to_its_deals(visit: Visit) -> None:
    """From the table of segments and regions it is one click to the deals that touch the first of them."""
    visit.open("/market?m=market/teleradiology-services-market")
    choose_first_row(visit, 0)
    visit.page.wait_for_url("**/?e=**")

    assert visit.drawing("(cy) => cy.nodes('[?centre]').length") == 1
    assert visit.drawing("(cy) => cy.nodes().filter((n) => n.id().includes('/fact/')).length") > 0


def test_from_a_segment_it_is_one_click_to_its_growth(visit: Visit) -> None:
    """Whoever looks at a segment gets to the figures of its market."""
    visit.open("/?e=segment/teleradiology-services-market/mammography")
    visit.page.get_by_role("link", name="Forecasts: Teleradiology Services Market").click()

    expect(visit.page.get_by_text("Sizes and forecasts")).to_be_visible(timeout=WAIT)
    assert query(visit)["m"] == ["market/teleradiology-services-market"]


def overlap(a: dict[str, float], b: dict[str, float]) -> float:
    """By how many pixels two boxes lie on each other in their narrower direction."""
    sideways = min(a["x2"], b["x2"]) - max(a["x1"], b["x1"])
    upright = min(a["y2"], b["y2"]) - max(a["y1"], b["y1"])
    return min(sideways, upright)


def test_labels_never_lie_on_each_other(visit: Visit) -> None:
    """However many nodes there are, the labels that are shown can be read."""
    visit.open("/?e=market/teleradiology-services-market&h=2")
    visit.canvas.wait_for(timeout=WAIT)
    visit.page.wait_for_timeout(400)
    sizes = visit.drawing("(cy) => cy.nodes().map((n) => n.data('labelSize') * cy.zoom())")
    boxes = visit.drawing(
        "(cy) => cy.nodes().filter((n) => !n.hasClass('mute')).map((n) => n.renderedBoundingBox("
        "{includeNodes: false, includeEdges: false, includeOverlays: false, includeUnderlays: false}))"
    )
    over = [(a, b) for a, b in combinations(boxes, 2) if overlap(a, b) > 6]

    assert min(sizes) >= 9
    assert len(boxes) > len(sizes) / 3
    assert over == []


def test_a_picture_leads_from_the_market_to_its_neighbourhood(visit: Visit) -> None:
    """From the forecasts of a market it is one click to what lies around it."""
    visit.open("/market?m=market/teleradiology-services-market")
    expect(visit.page.get_by_text("Sizes and forecasts")).to_be_visible(timeout=WAIT)
    visit.page.locator("canvas").first.wait_for(timeout=WAIT)
    visit.screenshot("market")
    visit.page.get_by_role("link", name="Explore as a picture").click()

    assert visit.drawing("(cy) => cy.nodes('[?centre]').map((n) => n.data('name'))") == [
        "Teleradiology Services Market"
    ]
    assert query(visit)["e"] == ["market/teleradiology-services-market"]


#: Each page and state: its name, its address, and the element by which it is known to be there.
PAGES = [
    ("welcome", "/", ".kg-head"),
    ("explore", MARKET, "[data-drawn]"),
    ("paths", "/paths?a=organization/viztek&b=organization/newvue", "[data-drawn]"),
    ("deals", "/deals", ".kg-tiles"),
    ("market", "/market", ".kg-tiles"),
    ("dossier", "/dossier?e=organization/konica-minolta&vs=organization/newvue", ".kg-tiles"),
    ("query", "/query?q=company-partners&param.company=Konica+Minolta&as=graph", "[data-drawn]"),
    ("inbox", "/inbox", ".kg-head"),
    ("names", "/inbox?t=names", ".kg-note"),
    ("changes", "/changes", ".kg-tiles"),
    ("status", "/status", ".kg-tiles"),
    ("not-found", "/?e=organization/nobody", ".kg-head"),
]


@pytest.mark.parametrize(("width", "height", "dark"), [(390, 844, False), (1920, 1080, True)], ids=["phone", "wide"])
def test_every_page_fits_its_screen(
    browser: BrowserContext, sample: str, width: int, height: int, dark: bool
) -> None:
    """On a light phone and on a wide dark screen nothing sticks out sideways, on any page and in any state."""
    wide = {}
    with visiting(browser, sample, width=width, height=height, dark=dark) as visit:
        for name, path, sign in PAGES:
            visit.open(path)
            visit.page.locator(sign).first.wait_for(timeout=WAIT)
            visit.page.wait_for_timeout(400)
            visit.screenshot(f"{name}-{width}-{'dark' if dark else 'light'}")
            wide[name] = visit.page.evaluate("document.querySelector('.stMain').scrollWidth")

    assert {name: each for name, each in wide.items() if each > width} == {}


def test_hostile_names_do_nothing_in_the_picture(browser: BrowserContext, hostile: str) -> None:
    """Names, titles and sentences with payloads are drawn, pointed at and read, and nothing of them runs or loads."""
    with visiting(browser, hostile) as visit:
        visit.open("/?e=organization/castell-motors")
        ids = visit.drawing("(cy) => cy.nodes().map((n) => n.id())")
        assert len(ids) > len(PAYLOADS)
        for id_ in ids[:: max(1, len(ids) // 40)]:
            visit.page.mouse.move(*visit.place(id_))
        for id_ in [each for each in ids if "/fact/" in each][:12]:
            visit.page.mouse.click(*visit.place(id_))
            expect(visit.page.locator(".kg-evidence").first).to_be_visible()
            visit.page.wait_for_timeout(150)
        visit.screenshot("hostile-explore")

        assert visit.page.evaluate("window.top.__hit") is None


def test_a_refresh_during_use_brings_a_quiet_note(browser: BrowserContext, empty_home: Home) -> None:
    """Who looks at a picture keeps it while the graph goes on; a note tells of it, and a press shows it."""
    fill(empty_home, [hostile_reading(1, "Quillon")])
    with serving(empty_home.path) as address, visiting(browser, address) as visit:
        visit.open("/?e=organization/castell-motors")
        before = visit.state()
        fill(empty_home, [hostile_reading(2, "Tessaly")])
        note = visit.page.get_by_text("The graph has news")
        expect(note).to_be_visible(timeout=WAIT)
        assert visit.state() == before
        visit.page.get_by_role("button", name="Show them").click()
        settled(visit, 2)
        names = visit.drawing("(cy) => cy.nodes().map((n) => n.data('name'))")

    assert any("Tessaly" in name for name in names)


def test_two_people_at_work_do_not_see_each_other(browser: BrowserContext, sample: str) -> None:
    """What one reader picks, hides and filters is in no other's picture, panel, address or steps."""
    with (
        browser.browser.new_context() as elsewhere,
        visiting(browser, sample) as ada,
        visiting(elsewhere, sample) as bob,
    ):
        for each in (ada, bob):
            each.open(COMPANY)
            each.canvas.wait_for(timeout=WAIT)
        before = bob.state()
        ada.page.mouse.click(*ada.place(PARTNER))
        addressed(ada, "p", "organization/newvue")
        pressed(ada, "hide", 3)
        ada.page.get_by_text("2 hops", exact=True).click()
        addressed(ada, "h", "2")
        ada.page.locator("button.key").first.click()
        ada.page.wait_for_url("**t=*", timeout=WAIT)
        bob.page.mouse.click(*bob.place(CENTRE))
        addressed(bob, "p", "organization/konica-minolta")
        expect(bob.page.locator(".st-key-panel h2")).to_contain_text("Konica Minolta")
        bob.page.wait_for_timeout(500)

        assert bob.state() == before
        assert set(query(bob)) == {"e", "p"}
        assert bob.page.locator("button[data-tool=undo]").is_disabled()
        assert ada.drawing("(cy, id) => cy.getElementById(id).empty()", PARTNER)
        assert set(query(ada)) == {"e", "h", "t", "y"}


def test_a_script_that_got_into_a_page_would_not_run(browser: BrowserContext, sample: str) -> None:
    """The content security policy lets in the server's own scripts only, and no request to another host."""
    refused: list[str] = []
    with browser.new_page() as page:
        page.on("console", lambda message: refused.append(message.text))
        page.goto(sample + COMPANY)
        page.locator("[data-drawn]").wait_for(timeout=WAIT)
        assert not [text for text in refused if "Content Security Policy" in text]
        page.evaluate(
            """() => {
              const script = document.createElement("script");
              script.textContent = "window.__hit = 'script'";
              document.body.append(script);
              document.body.insertAdjacentHTML("beforeend", "<img src='no' onerror='window.__hit = 1'>");
              fetch("http://127.0.0.2:9/").catch(() => {});
            }"""
        )
        page.wait_for_timeout(500)

        assert page.evaluate("window.__hit") is None
    for each in ("inline script", "inline event handler", "http://127.0.0.2:9/"):
        assert [text for text in refused if each in text and "Content Security Policy" in text], each


def hostile_markets(home: Home) -> list[str]:
    with current(home) as version:
        graph = Snapshot.read(version, home.base)
        return [entity.iri.removeprefix(home.base) for entity in graph.of_type("Market")]


def test_hostile_names_do_nothing_on_the_other_pages(
    browser: BrowserContext, hostile: str, hostile_home: Home
) -> None:
    """Every page that shows hostile names, titles and sentences shows text, and asks nothing of anybody."""
    markets = [quote(market) for market in hostile_markets(hostile_home)[:3]]
    partners = "/query?q=company-partners&param.company=Castell+Motors"
    pages = [(f"/market?m={market}", ".kg-tiles") for market in markets]
    pages += [
        (f"/dossier?e=organization/castell-motors&vs={markets[0]}", ".kg-tiles"),
        (f"/?e={markets[2]}&h=2", "[data-drawn]"),
        (f"/paths?a=organization/castell-motors&b={markets[1]}", ".kg-path"),
        (partners, "[data-testid=stDataFrame]"),
        (f"{partners}&as=graph", "[data-drawn]"),
        ("/", "[data-testid=stButton]"),
        ("/deals", ".kg-ranks"),
        ("/changes", ".kg-line"),
        ("/inbox?t=facts", ".kg-evidence"),
        ("/status", "[data-testid=stDataFrame]"),
    ]
    with visiting(browser, hostile) as visit:
        for page, sign in pages:
            visit.open(page)
            visit.page.locator(sign).first.wait_for(timeout=WAIT)
            for each in visit.page.locator(".stMainBlockContainer summary").all()[:3]:
                each.click()
            visit.page.wait_for_timeout(300)
            assert visit.page.evaluate("window.top.__hit") is None, page
        visit.screenshot("hostile")
