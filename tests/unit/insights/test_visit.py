"""What counts as a view: robots, prefetches, previews, and where readers come from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.insights.visit import Visit, is_bot, source_of, starts_video, visit_of

_WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
_BLINK = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"
_IPHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) {_WEBKIT}"
PEOPLE = (
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_BLINK} Safari/537.36",
    f"{_IPHONE} Version/18.1 Mobile/15E148 Safari/604.1",
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_WEBKIT} Version/18.0 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    f"Mozilla/5.0 (Linux; Android 15; Pixel 9) {_BLINK} Mobile Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 14; SM-S921B; wv) {_BLINK} Mobile Safari/537.36 Instagram 350.0.0.0 Android",
    f"{_IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/440.0]",
    f"Mozilla/5.0 (Linux; Android 13; Cubot Note 21) {_BLINK} Mobile Safari/537.36",
    "Opera/9.80 (Android; Opera Mini/36.2/191.256; U; en) Presto/2.12.423 Version/12.16",
    f"{_IPHONE} Mobile/15E148 Snapchat/13.2",
    f"Mozilla/5.0 (Linux; Android 15; Superlative 5) {_BLINK} Mobile Safari/537.36 Viber/24.1",
    f"Mozilla/5.0 (Linux; Android 15; Rubyphone) {_BLINK} Mobile Safari/537.36",
    "Lynx/2.9.0 libwww-FM/2.14 SSL-MM/1.4.1",
)
ROBOTS = (
    "", "   ", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0) Chrome/116 Safari/537.36",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "Twitterbot/1.0",
    "TelegramBot (like TwitterBot)", "WhatsApp/2.23.20.0", "Slackbot-LinkExpanding 1.0", "Slack-ImgProxy",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)", "LinkedInBot/1.0",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/142.0.0.0 Safari/537.36", "curl/8.5.0",
    "Wget/1.21", "python-requests/2.32", "python-httpx/0.28.1", "Go-http-client/2.0", "Feedly/1.0", "axios/1.7",
    "Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)", "ClaudeBot/1.0", "CCBot/2.0",
    "Mastodon/4.3.0 (http.rb/5.2; +https://social.example/)", "Java/17.0.1", "okhttp/4.12", "Mozilla/5.0 Lighthouse",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0)", "Applebot/0.1", "ia_archiver",
    "Ruby", "Perl/5.38", "Viber/24.1.0 CFNetwork/1494", "Signal-Android/7.20",
    "Pinterestbot/1.0", "Pingdom.com_bot",
)  # fmt: skip


@pytest.mark.parametrize("agent", PEOPLE)
def test_people_are_people(agent: str) -> None:
    assert not is_bot(agent)


@pytest.mark.parametrize("agent", ROBOTS)
def test_robots_are_robots(agent: str) -> None:
    assert is_bot(agent)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-purpose": "prefetch"}, {"sec-purpose": "prefetch;prerender"}, {"purpose": "prefetch"},
        {"x-moz": "prefetch"}, {"x-purpose": "preview"}, {"Sec-Purpose".lower(): "PREFETCH"},
    ],
)  # fmt: skip
def test_what_a_browser_fetches_ahead_is_no_visit(headers: dict[str, str]) -> None:
    assert visit_of("GET", {"user-agent": PEOPLE[0], **headers}) is None


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "POST"])
def test_only_a_get_is_a_visit(method: str) -> None:
    assert visit_of(method, {"user-agent": PEOPLE[0]}) is None


def test_a_reader_and_a_robot_are_visits_counted_apart() -> None:
    assert visit_of("GET", {"user-agent": PEOPLE[0]}) == Visit(bot=False, source="direct")
    assert visit_of("GET", {"user-agent": ROBOTS[2]}) == Visit(bot=True, source="direct")


@pytest.mark.parametrize(
    ("referer", "source"),
    [
        ("", "direct"),
        ("https://www.google.com/", "search"),
        ("https://www.google.co.uk/search?q=x", "search"),
        ("https://duckduckgo.com/", "search"),
        ("android-app://com.google.android.googlequicksearchbox/", "search"),
        ("https://t.co/abc", "social"),
        ("https://l.instagram.com/?u=x", "social"),
        ("https://lm.facebook.com/", "social"),
        ("https://out.reddit.com/t3", "social"),
        ("https://mastodon.social/@a", "social"),
        ("android-app://org.telegram.messenger", "social"),
        ("https://feedly.com/i/x", "feed"),
        ("https://pages.example/p/mara", "page"),
        ("https://blog.example/2026", "site"),
        ("https://googleplexity.example/", "site"),
        ("https://notfacebook.com/", "site"),
        ("https://facebook.com.evil.example/", "site"),
        ("javascript:alert(1)", "direct"),
        ("http://[::1", "direct"),
    ],
)
def test_where_readers_come_from(referer: str, source: str) -> None:
    assert source_of(referer, host="pages.example") == source


def test_links_of_the_feeds_say_so() -> None:
    assert source_of("https://www.google.com/", query="via=feed") == "feed"
    assert source_of("", query="via=other&x=1") == "direct"


@given(referer=st.text(max_size=200), query=st.text(max_size=80), agent=st.text(max_size=200))
def test_whatever_is_sent_has_an_answer(referer: str, query: str, agent: str) -> None:
    visit = visit_of("GET", {"referer": referer, "user-agent": agent}, query=query, host="x.example")
    assert visit is not None


@pytest.mark.parametrize(
    ("wanted", "starts"),
    [(None, True), ("bytes=0-", True), ("bytes=0-1", True), ("Bytes = 0-99", True), ("bytes=1-", False),
     ("bytes=-500", False), ("bytes=100-200", False), ("bytes=10-", False)],
)  # fmt: skip
def test_only_the_beginning_of_a_video_is_its_start(wanted: str | None, starts: bool) -> None:
    assert starts_video({"range": wanted} if wanted else {}) is starts
