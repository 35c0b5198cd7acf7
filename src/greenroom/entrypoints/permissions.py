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
    "list_tokens": "read",
    "create_token": "read",
    "delete_token": "read",
    "list_audit": "manage",
    "check_audit": "manage",
    "export_audit": "manage",
    # signing in
    "answer_second_factor": "public",
    "ask_passkey": "public",
    "start_session_with_passkey": "public",
    "confirm_session": "read",
    "list_sessions": "read",
    "end_other_sessions": "read",
    "end_one_session": "read",
    "change_password": "read",
    "get_sign_in_ways": "read",
    "begin_authenticator": "read",
    "finish_authenticator": "read",
    "remove_authenticator": "read",
    "renew_recovery_codes": "read",
    "begin_passkey": "read",
    "add_passkey": "read",
    "rename_passkey": "read",
    "remove_passkey": "read",
    # jobs and live news
    "list_jobs": "read",
    "get_job": "read",
    "cancel_job": "make",
    "retry_job": "make",
    "get_events": "read",
    # media
    "get_file": "read",
    "share_file": "publish",
    "create_upload": "make",
    "get_upload": "make",
    "append_upload": "make",
    "delete_upload": "make",
    # cast
    "list_characters": "read",
    "create_character": "make",
    "get_character": "read",
    "change_character": "make",
    "delete_character": "make",
    "restore_character": "make",
    "redraw_portrait": "make",
    "get_portrait": "read",
    "list_character_templates": "read",
    "list_voices": "read",
    "sample_voice": "make",
    # studio
    "list_formats": "read",
    "list_contents": "read",
    "create_content": "make",
    "get_content": "read",
    "cancel_content": "make",
    "retry_content": "make",
    "edit_script": "make",
    "review_content": "review",
    "delete_content": "make",
    "get_provenance": "read",
    # channels
    "list_accounts": "read",
    "list_links": "read",
    "create_link": "publish",
    "change_link": "publish",
    "delete_link": "publish",
    # planner
    "list_posts": "read",
    "create_post": "publish",
    "get_post": "read",
    "change_post": "publish",
    "cancel_post": "publish",
    "publish_post": "publish",
    "take_down_post": "publish",
    "resolve_post": "publish",
    # insights
    "get_insights": "read",
    "list_post_insights": "read",
    "get_post_insights": "read",
    # the installation
    "get_health": "public",
}

PERSONS_ONLY = frozenset(
    {
        "end_session", "confirm_session", "list_sessions", "end_other_sessions", "end_one_session",
        "change_password", "get_sign_in_ways", "begin_authenticator", "finish_authenticator", "remove_authenticator",
        "renew_recovery_codes", "begin_passkey", "add_passkey", "rename_passkey", "remove_passkey",
        "list_tokens", "create_token", "delete_token",
        "invite_user", "change_user", "renew_user_link",
    }
)  # fmt: skip
"""Operations that a token can't call, whatever its scopes: they decide who may enter, and with what rights."""

SECRET_ANSWERS = frozenset(
    {
        "invite_user",
        "renew_user_link",
        "create_token",
        "begin_authenticator",
        "finish_authenticator",
        "renew_recovery_codes",
    }
)
"""Operations whose answer holds something shown once: it is never kept, not even for a request sent again."""
