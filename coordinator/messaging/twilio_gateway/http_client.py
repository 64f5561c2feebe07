"""Our HTTP to Twilio: one client for each thread that sends."""

from typing import Any

from requests import PreparedRequest
from requests.structures import CaseInsensitiveDict
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from config import TWILIO_API, TwilioSettings

A_FORM = ("data", "headers", "auth")


class HttpClient(TwilioHttpClient):  # type: ignore[misc] # the library bears no types
    """One thread's client, which remembers what the network asked for beside a refusal."""

    def __init__(self, settings: TwilioSettings, timeout: tuple[float, float]) -> None:
        super().__init__()
        self.timeout = timeout  # only set afterwards may it be a pair
        self.retry_after: float | None = None
        self.client = Client(
            settings.api_key or settings.account_sid,
            settings.api_secret or settings.auth_token,
            settings.account_sid,
            http_client=self,
            environment={"TWILIO_EDGE": "", "TWILIO_REGION": ""},  # else it reads the process's own
        )
        self.client.api.base_url = settings.api_url
        if settings.api_url != TWILIO_API:
            self.client.messaging.base_url = settings.api_url
        self._ask_the_system_once(settings.api_url)

    def _ask_the_system_once(self, url: str) -> None:
        """Proxy and certificates as the process was told at its start; asked again they cost a fifth of every call."""
        known = self.session.merge_environment_settings(url, {}, None, None, None)
        self.session.proxies, self.session.verify = known["proxies"], known["verify"]
        self.session.trust_env = False

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        self.retry_after = None
        more = args or [name for name, value in kwargs.items() if value and name not in A_FORM]
        answer = (
            super().request(method, url, *args, **kwargs) if more or method != "POST" else self._post(url, **kwargs)
        )
        self.retry_after = _seconds(answer.headers.get("Retry-After"))
        return answer

    def _post(self, url: str, *, data: Any, headers: dict[str, str], auth: Any, **_empty: Any) -> Response:
        """One form by the connection that the session keeps, without what a session does for browsers.

        Cookies, redirections, hooks and looking for settings would cost as much again as the call.
        """
        asked = PreparedRequest()
        asked.method, asked.url = "POST", url
        asked.headers = CaseInsensitiveDict({**self.session.headers, **headers})
        asked.prepare_body(data, None)
        asked.prepare_auth(auth, url)
        line = self.session.get_adapter(url)
        answer = line.send(asked, timeout=self.timeout, verify=self.session.verify, proxies=self.session.proxies)
        return Response(answer.status_code, answer.text, answer.headers)


def _seconds(retry_after: str | None) -> float | None:
    """The header's seconds; None when it is missing or a date."""
    return float(retry_after) if retry_after and retry_after.isascii() and retry_after.isdigit() else None
