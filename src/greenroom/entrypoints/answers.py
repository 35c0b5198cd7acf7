"""What operations answer beyond what follows from their shape (`infra/http/describe.py`): problems by operation."""

from greenroom.cast.errors import Refused as CastRefused
from greenroom.kit.errors import Gone, NotFound, Problem, Stale
from greenroom.media.examine import FileRefused
from greenroom.media.links import LinkOver as FileLinkOver
from greenroom.media.part import WrongOffset
from greenroom.media.upload_routes import OtherVersion
from greenroom.phones.errors import CodeOver, LeaseLost, PhoneHeld
from greenroom.studio.errors import NotApproved, Unwritable
from greenroom.studio.errors import Refused as StudioRefused
from greenroom.tenancy.errors import (
    ChallengeOver,
    ConfirmFirst,
    LinkOver,
    PasskeyRefused,
    SecondFactor,
    WrongCode,
    WrongPassword,
)

_ENTERING = (WrongPassword, WrongCode, PasskeyRefused, ChallengeOver)
_UPLOAD = (OtherVersion,)
_SPOKEN = (StudioRefused, Unwritable)

MORE: dict[str, tuple[type[Problem], ...]] = {
    # signing in
    "start_session": (WrongPassword, SecondFactor),
    "answer_second_factor": (WrongCode, ChallengeOver),
    "start_session_with_passkey": (PasskeyRefused, ChallengeOver),
    "first_run": (LinkOver, NotFound),
    "choose_password": (LinkOver, SecondFactor, NotFound),
    "confirm_session": _ENTERING,
    "change_password": _ENTERING,
    "begin_authenticator": (ConfirmFirst,),
    "finish_authenticator": (ConfirmFirst, WrongCode, ChallengeOver),
    "remove_authenticator": (ConfirmFirst,),
    "renew_recovery_codes": (ConfirmFirst,),
    "begin_passkey": (ConfirmFirst,),
    "add_passkey": (ConfirmFirst, PasskeyRefused, ChallengeOver),
    "remove_passkey": (ConfirmFirst,),
    # media
    "get_file": (FileLinkOver,),
    "create_upload": _UPLOAD,
    "get_upload": _UPLOAD,
    "append_upload": (OtherVersion, WrongOffset, FileRefused),
    # cast and studio
    "create_character": (CastRefused,),
    "change_character": (CastRefused,),
    "sample_voice": (CastRefused,),
    "create_content": _SPOKEN,
    "edit_script": _SPOKEN,
    "review_content": (Stale,),
    # planner
    "create_post": (NotApproved,),
    "publish_post": (NotApproved,),
    # phones
    "take_phone": (PhoneHeld,),
    "renew_phone_lease": (LeaseLost,),
    "release_phone": (LeaseLost,),
    "hand_phone_over": (LeaseLost,),
    "enrol_agent": (CodeOver,),
    "get_phone_picture": (Gone,),
    "fetch_transfer": (Gone,),
    "leave_transfer": (Gone,),
}
