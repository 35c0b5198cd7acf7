"""The permission that each operation of the API needs: one table, compared with the routes when the API starts.

`public` operations answer without a session; every other one opens its context over the clients for which the
person holds the permission (`tenancy.rules`).
"""

PERMISSIONS: dict[str, str] = {
    # tenancy
    "get_sign_in": "public",
    "start_session": "public",
    "get_session": "read",
    "end_session": "read",
    "get_once_link": "public",
    "first_run": "public",
    "choose_password": "public",
    "change_organisation": "manage",
    "change_profile": "read",
    "list_clients": "read",
    "create_client": "manage",
    "change_client": "manage",
    "list_users": "manage",
    "invite_user": "manage",
    "change_user": "manage",
    "renew_user_link": "manage",
    # the installation
    "get_health": "public",
}
