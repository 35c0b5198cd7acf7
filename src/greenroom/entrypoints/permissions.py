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
    # jobs and live news
    "list_jobs": "read",
    "get_job": "read",
    "cancel_job": "make",
    "retry_job": "make",
    "get_events": "read",
    # media
    "get_file": "read",
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
