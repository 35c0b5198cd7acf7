"""The studio's door: approved content for the rooms above, and the hand that it lends to the cast."""

from greenroom.studio.artist import StudioArtist
from greenroom.studio.create import create
from greenroom.studio.find import clients_of, titled
from greenroom.studio.follow import follow_job
from greenroom.studio.read import detail, summary
from greenroom.studio.review import approved

__all__ = ["StudioArtist", "approved", "clients_of", "create", "detail", "follow_job", "summary", "titled"]
