"""Settings: what each takes, and that one start names every wrong one."""

from decimal import Decimal
from pathlib import Path

import pytest

from config import Settings, WrongSettings, root_warning
from coordinator import create_app

SECRET = "of thirty-two characters or more"
TWILIO = {"TWILIO_ACCOUNT_SID": "AC0", "TWILIO_AUTH_TOKEN": "a token", "TWILIO_FROM": "+12125550100"}


def settings_of(folder: Path, **environ: str) -> Settings:
    return Settings.from_env({"INSTANCE_PATH": str(folder), "SECRET_KEY": SECRET, **environ})


@pytest.mark.parametrize(("written", "pace"), [("", 0.0), ("0", 0.0), ("1", 1.0), ("0.1", 0.1), ("1000", 1000.0)])
def test_a_line_carries_as_many_segments_a_second_as_is_written(tmp_path: Path, written: str, pace: float) -> None:
    twilio = settings_of(tmp_path, **TWILIO, TWILIO_SEGMENTS_PER_SECOND=written).twilio

    assert twilio is not None
    assert twilio.segments_per_second == pace


@pytest.mark.parametrize("written", ["fast", "-1", "0.05", "1001", "nan", "inf"])
def test_a_pace_that_no_line_has_is_refused(tmp_path: Path, written: str) -> None:
    with pytest.raises(WrongSettings) as refusal:
        settings_of(tmp_path, **TWILIO, TWILIO_SEGMENTS_PER_SECOND=written)

    assert refusal.value.problems == (
        f"TWILIO_SEGMENTS_PER_SECOND is {written!r}; it must be 0, or a number from 0.1 to 1000.",
    )


def test_a_pace_alone_does_not_ask_for_the_phone_network(tmp_path: Path) -> None:
    assert settings_of(tmp_path, TWILIO_SEGMENTS_PER_SECOND="1").twilio is None


@pytest.mark.parametrize(
    ("written", "price"), [("", None), ("0", Decimal(0)), ("0.0083", Decimal("0.0083")), ("100", Decimal(100))]
)
def test_a_segment_costs_what_is_written_or_nobody_knows(tmp_path: Path, written: str, price: Decimal | None) -> None:
    settings = settings_of(tmp_path, PRICE_PER_SEGMENT=written)

    assert (settings.price_per_segment, settings.price_currency) == (price, "USD")


@pytest.mark.parametrize("written", ["cheap", "-0.01", "100.01", "nan", "inf", "0,01", "$1"])
def test_a_price_that_is_none_is_refused(tmp_path: Path, written: str) -> None:
    with pytest.raises(WrongSettings) as refusal:
        settings_of(tmp_path, PRICE_PER_SEGMENT=written)

    assert refusal.value.problems == (
        f"PRICE_PER_SEGMENT is {written!r}; it must be a price from 0 to 100 such as 0.0083, or empty.",
    )


@pytest.mark.parametrize("written", ["usd", "dollars", "XXQ", "$"])
def test_a_currency_that_is_none_is_refused(tmp_path: Path, written: str) -> None:
    with pytest.raises(WrongSettings) as refusal:
        settings_of(tmp_path, PRICE_CURRENCY=written)

    assert refusal.value.problems == (
        f"PRICE_CURRENCY is {written!r}; it must be a currency's three letters such as USD or EUR.",
    )


def problems_of(folder: Path, **environ: str) -> list[str]:
    with pytest.raises(WrongSettings) as refusal:
        settings_of(folder, **environ)
    return [problem.partition(" ")[0] for problem in refusal.value.problems]


def test_phones_are_simulated_without_twilio_unless_that_is_refused(tmp_path: Path) -> None:
    assert settings_of(tmp_path).twilio is None
    assert settings_of(tmp_path, SIMULATED="1").twilio is None
    assert settings_of(tmp_path, **TWILIO, SIMULATED="0").twilio is not None
    with pytest.raises(WrongSettings) as refusal:
        settings_of(tmp_path, SIMULATED="0")

    assert refusal.value.problems == (
        "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM (or TWILIO_MESSAGING_SERVICE_SID) are missing, so no "
        "text would leave this machine. Set them, or set SIMULATED=1 to use simulated phones.",
    )


def test_whoever_asks_for_simulated_phones_never_sends_by_mistake(tmp_path: Path) -> None:
    assert problems_of(tmp_path, **TWILIO, SIMULATED="1") == ["SIMULATED"]


@pytest.mark.parametrize("secret", ["x", "a" * 31])
def test_a_short_secret_is_refused_and_not_told(tmp_path: Path, secret: str) -> None:
    with pytest.raises(WrongSettings) as refusal:
        settings_of(tmp_path, SECRET_KEY=secret)

    assert refusal.value.problems[0].startswith(f"SECRET_KEY has {len(secret)} characters; it must have at least 32. ")
    assert secret * 2 not in str(refusal.value)


def test_the_secret_is_made_once_and_kept_to_its_owner(tmp_path: Path) -> None:
    made, again = settings_of(tmp_path, SECRET_KEY=""), settings_of(tmp_path, SECRET_KEY="")

    assert made.secret_key == again.secret_key
    assert len(made.secret_key) >= 32
    assert [(path.name, path.stat().st_mode & 0o777) for path in tmp_path.iterdir()] == [("secret_key", 0o600)]


def test_one_start_names_every_wrong_key(tmp_path: Path) -> None:
    wrong = {"SECRET_KEY": "x", "PORT": "http", "TICK_SECONDS": "soon", "SIMULATED": "0", "PUBLIC_URL": "show.example"}

    assert sorted(problems_of(tmp_path, **wrong)) == [
        "PORT",
        "PUBLIC_URL",
        "SECRET_KEY",
        "TICK_SECONDS",
        "TWILIO_ACCOUNT_SID,",
    ]


def test_proxies_are_trusted_by_address_and_by_network(tmp_path: Path) -> None:
    trusted = settings_of(tmp_path, TRUSTED_PROXIES="127.0.0.1, 10.0.0.0/8 ::1").trusted_proxies

    assert [str(network) for network in trusted] == ["127.0.0.1/32", "10.0.0.0/8", "::1/128"]
    assert settings_of(tmp_path).trusted_proxies == ()


@pytest.mark.parametrize("written", ["proxy", "10.0.0.1/8", "0.0.0.0/0", "::/0", "127.0.0.1;::1", "*"])
def test_what_is_no_proxy_is_refused(tmp_path: Path, written: str) -> None:
    assert problems_of(tmp_path, TRUSTED_PROXIES=written) == ["TRUSTED_PROXIES"]


@pytest.mark.parametrize(
    ("written", "contact"),
    [
        ("", None),
        ("security@show.example", "mailto:security@show.example"),
        ("mailto:security@show.example", "mailto:security@show.example"),
        ("https://show.example/security", "https://show.example/security"),
    ],
)
def test_whom_to_tell_of_a_hole_is_an_email_or_a_page(tmp_path: Path, written: str, contact: str | None) -> None:
    assert settings_of(tmp_path, SECURITY_CONTACT=written).security_contact == contact


@pytest.mark.parametrize(
    "written", ["somebody", "http://show.example", "https://", "mailto:nobody", "a b@c", "http://["]
)
def test_a_contact_that_is_none_is_refused(tmp_path: Path, written: str) -> None:
    with pytest.raises(WrongSettings, match="SECURITY_CONTACT is"):
        settings_of(tmp_path, SECURITY_CONTACT=written)


def test_watchers_settings_are_read_and_kept_out_of_what_is_printed(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, METRICS_TOKEN="sixteen-or-more-letters", HEARTBEAT_URL="https://watch.example/a/")

    assert (settings.metrics_token, settings.heartbeat_url) == ("sixteen-or-more-letters", "https://watch.example/a/")
    assert "sixteen" not in repr(settings)
    assert "watch.example" not in repr(settings)


def test_all_that_is_wrong_with_them_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings) as refusal:
        settings_of(tmp_path, METRICS_TOKEN="short", HEARTBEAT_URL="watch.example", SECURITY_CONTACT="me")

    assert [problem.split()[0] for problem in refusal.value.problems] == [
        "METRICS_TOKEN",
        "HEARTBEAT_URL",
        "SECURITY_CONTACT",
    ]


@pytest.mark.parametrize("written", ["http://[", "https://[::1"])
def test_an_address_with_half_a_bracket_is_refused_in_words(tmp_path: Path, written: str) -> None:
    with pytest.raises(WrongSettings, match="PUBLIC_URL is"):
        settings_of(tmp_path, PUBLIC_URL=written)


def test_only_root_is_warned_of_being_root() -> None:
    assert root_warning(1000) is None
    assert "as root" in (root_warning(0) or "")


def test_emails_are_sent_where_a_server_and_a_sender_are_set(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, SMTP_URL="smtps://ana:secret@mail.show.example", MAIL_FROM="show@show.example")

    assert (settings.smtp_url, settings.mail_from) == ("smtps://ana:secret@mail.show.example", "show@show.example")
    assert "secret" not in repr(settings)
    assert settings_of(tmp_path).smtp_url is None


def test_a_mail_server_that_cannot_be_is_refused_without_telling_its_password(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings) as refusal:
        settings_of(tmp_path, SMTP_URL="https://ana:secret@mail.show.example")

    assert refusal.value.problems == (
        "SMTP_URL starts with 'https'; it must be like smtps://user:password@mail.show.example or "
        "smtp://user:password@mail.show.example:587.",
        "MAIL_FROM is ''; emails need a sender such as callboard@show.example.",
    )


def test_the_folder_of_the_database_is_made_with_a_secret_of_ones_own_too(tmp_path: Path) -> None:
    app = create_app(settings_of(tmp_path / "fresh" / "instance"))

    result = app.test_cli_runner().invoke(args=["db", "upgrade"])

    assert result.exit_code == 0
    assert (tmp_path / "fresh" / "instance" / "callboard.sqlite3").is_file()


def test_no_folder_is_made_by_a_start_that_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings):
        settings_of(tmp_path / "instance", PORT="http")

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WrongSettings) as instance:
        settings_of(tmp_path / "file")

    assert instance.value.problems == (f"INSTANCE_PATH is '{tmp_path}/file'; it must be a folder.",)
