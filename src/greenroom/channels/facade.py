"""The channels' door: accounts and their pages, posts and their way out."""

from greenroom.channels.accounts import get_account, list_accounts, page_of
from greenroom.channels.accounts_now import account_now
from greenroom.channels.add_scheduled import Due, MadeBy, add_scheduled
from greenroom.channels.allowance import within_limits
from greenroom.channels.counting import count_with
from greenroom.channels.measure import measured
from greenroom.channels.outcome import resolve
from greenroom.channels.pace import free_among, next_free, rooms
from greenroom.channels.pace_change import change_pace
from greenroom.channels.pages import Address, active_links, entries, entry, find_page, page_account
from greenroom.channels.posts import (
    add_post,
    allow_again,
    change_text,
    count_published,
    expect_version,
    get_post,
    list_posts,
    lock_accounts,
    published_at,
    published_posts,
)
from greenroom.channels.preview import preview
from greenroom.channels.scheduled import (
    follow_clocks,
    hold,
    of_schedule,
    release,
    remark,
    schedule_of,
    standing_on,
    withdraw,
)
from greenroom.channels.steps import cancel, claim, claim_due, database_now, give_up, schedule, take_down

__all__ = [
    "Address",
    "Due",
    "MadeBy",
    "account_now",
    "active_links",
    "add_post",
    "add_scheduled",
    "allow_again",
    "cancel",
    "change_pace",
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
    "follow_clocks",
    "free_among",
    "get_account",
    "get_post",
    "give_up",
    "hold",
    "list_accounts",
    "list_posts",
    "lock_accounts",
    "measured",
    "next_free",
    "of_schedule",
    "page_account",
    "page_of",
    "preview",
    "published_at",
    "published_posts",
    "release",
    "remark",
    "resolve",
    "rooms",
    "schedule",
    "schedule_of",
    "standing_on",
    "take_down",
    "withdraw",
    "within_limits",
]
