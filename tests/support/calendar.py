"""The calendar in a browser: where a post and a day stand, and how a post is dragged."""

from datetime import date

from playwright.sync_api import Locator, Page

HOUR = 56  # pixels


def chip(page: Page, post: str) -> Locator:
    return page.locator(f"[data-post='{post}']")


def column(page: Page, day: date) -> Locator:
    return page.locator(f"[data-drop='{day}']")


def drag(page: Page, chip: Locator, onto: Locator, *, minutes: int, drop: bool = True) -> None:
    """With the pointer, the top of the chip to so many minutes below the top of the column (pixels in a month)."""
    chip.scroll_into_view_if_needed()
    box = chip.bounding_box()
    target = onto.bounding_box()
    assert box is not None
    assert target is not None
    by_hours = onto.get_attribute("data-hours") is not None
    held = min(8, box["height"] / 2)
    x, y = box["x"] + min(20, box["width"] / 2), box["y"] + held
    down = minutes * HOUR / 60 + held if by_hours else minutes
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 8, y + 8)
    page.mouse.move(target["x"] + target["width"] / 2, target["y"] + down, steps=6)
    if drop:
        page.mouse.up()
