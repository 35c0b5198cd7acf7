"""What every page of ours keeps, whatever is on it."""

from playwright.sync_api import Page

from axe_playwright_python.base import AXE_SCRIPT

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

_STANDS = """() => document.querySelector('main h1')
    && !document.querySelector('[aria-label^=Loading], main [aria-busy=true]')
    && document.getAnimations().every(one => one.playState !== 'running' || one.effect.getTiming().iterations > 1)"""
_WIDER = """() => {
    const page = document.documentElement, main = document.querySelector('main');
    return [page, document.body, main].filter(one => one.scrollWidth > one.clientWidth + 1)
        .map(one => `${one.tagName} ${one.scrollWidth} > ${one.clientWidth}`); }"""
_AXE = """async tags => {
    const found = await axe.run({ runOnly: tags, resultTypes: ['violations'] });
    return found.violations.flatMap(one => one.nodes.map(
        node => `${one.id} (${one.impact}): ${node.target.join(' ')}  ${node.html.slice(0, 160)}  ${node.failureSummary}`));
}"""


def stands(page: Page) -> None:
    """Wait until nothing is loaded or moves any more."""
    page.wait_for_function(_STANDS)


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands: landmarks, width, accessibility."""
    found = [f"scrolls sideways: {one}" for one in page.evaluate(_WIDER)]
    for role, options in (("main", {}), ("heading", {"level": 1})):
        count = page.get_by_role(role, **options).count()
        if count != 1:
            found.append(f"{count} of {role} {options}")
    page.evaluate(AXE_SCRIPT)
    return found + page.evaluate(_AXE, WCAG)
