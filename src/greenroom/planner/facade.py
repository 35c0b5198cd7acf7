"""The planner's door."""

from greenroom.planner.due import send_due
from greenroom.planner.plan import cancel, change, plan, publish_now, take_down

__all__ = ["cancel", "change", "plan", "publish_now", "send_due", "take_down"]
