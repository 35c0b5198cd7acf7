"""What roles and levels of access allow, as one table; and what a password must be. Pure."""

from greenroom.kit.errors import Invalid

PERMISSIONS = ("read", "make", "review", "approve", "publish", "operate", "manage")
TOKEN_SCOPES = ("read", "make", "review", "publish", "manage")
"""What a program can be given. Approving and operating phones are not among it: there a person looks and decides."""

ROLES = {
    "super": "Everything in every client",
    "admin": "The clients assigned to them, with their people and settings",
    "member": "Makes, reviews and publishes for the clients assigned to them",
    "viewer": "Reads what they were given",
}

_BY_ROLE = {
    "super": frozenset(PERMISSIONS),
    "admin": frozenset(PERMISSIONS),
    "member": frozenset(PERMISSIONS) - {"manage"},
    "viewer": frozenset({"read"}),
}
_BY_LEVEL = {
    "full": frozenset(PERMISSIONS),
    "limited": frozenset({"read", "make", "review", "publish", "operate"}),
    "read": frozenset({"read"}),
}
MIN_PASSWORD = 10
MAX_PASSWORD = 200
# The few that every list of leaked passwords begins with and that are long enough to pass otherwise.
_COMMON = {
    "1234567890",
    "password123",
    "passwordpassword",
    "qwertyuiop",
    "0123456789",
    "iloveyou123",
    "letmein123",
}


def allowed(role: str, level: str) -> frozenset[str]:
    """What a person of this role may do for a client where they have this level of access."""
    return _BY_ROLE[role] & _BY_LEVEL[level]


def check_password(password: str, *, email: str) -> None:
    """Length over composition rules (NIST SP 800-63B 5.1.1.2); Invalid says what to change."""
    if len(password) < MIN_PASSWORD:
        raise _refused(f"Use at least {MIN_PASSWORD} characters; a few words are easiest to keep")
    if len(password) > MAX_PASSWORD:
        raise _refused(f"Use at most {MAX_PASSWORD} characters")
    if password.lower() in _COMMON or len(set(password)) < 4 or password.lower() == email.lower():
        raise _refused("This one is easy to guess; take a few unrelated words")


def _refused(sentence: str) -> Invalid:
    return Invalid(sentence, fields={"password": sentence})
