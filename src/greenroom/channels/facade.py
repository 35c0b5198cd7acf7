"""The channels' door: accounts and their pages, posts and their way out."""

from greenroom.channels.accounts import get_account, list_accounts, page_of
from greenroom.channels.counting import count_with
from greenroom.channels.outcome import resolve
from greenroom.channels.pages import Address, active_links, entries, entry, find_page, page_account
from greenroom.channels.posts import (
    add_post,
    change_text,
    count_published,
    expect_version,
    get_post,
    list_posts,
    published_posts,
)
from greenroom.channels.steps import cancel, claim, claim_due, database_now, give_up, schedule, take_down

__all__ = [
    "Address",
    "active_links",
    "add_post",
    "cancel",
    "change_text",
    "claim",
    "claim_due",
    "count_published",
    "count_with",
    "database_now",
    "entries",
    "entry",
    "expect_version",
    "find_page",
    "get_account",
    "get_post",
    "give_up",
    "list_accounts",
    "list_posts",
    "page_account",
    "page_of",
    "published_posts",
    "resolve",
    "schedule",
    "take_down",
]
