"""``python -m tests.faults.stand_in``: a local stand-in for Twilio, to try Callboard with it."""

import argparse
import json
import signal
import sys
import threading
from pathlib import Path
from urllib.parse import parse_qsl

from tests.faults.stand_in.answers import Answer
from tests.faults.stand_in.contract import Asked
from tests.faults.stand_in.ledger import Ledger, masked, now
from tests.faults.stand_in.line import Line
from tests.faults.stand_in.network import Manner, Network
from tests.faults.stand_in.script import FAULTS, NoSuchFault, Script, rates_of
from tests.faults.stand_in.texts import Account
from tests.faults.stand_in.windows import Windows

EXAMPLES = """examples:
  python -m tests.faults.stand_in --app http://127.0.0.1:8000
      a network that does everything right; it says with which settings Callboard is to be started
  python -m tests.faults.stand_in --faults all --seed 7 --lag 10
      everything goes wrong at its usual rate; with RECONCILE_SECONDS=10 Callboard need not wait long for the list
  python -m tests.faults.stand_in --faults no_answer=1
      every text is accepted and none is answered: each is in doubt until it is looked up
  +12125550142 STOP
      typed while it runs: a text from that phone"""


def main() -> None:
    """Listen until SIGTERM or SIGINT and print what is accepted; typed lines are sent as texts from a phone."""
    asked, told = _asked(), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: told.set())
    asked.ledger.parent.mkdir(parents=True, exist_ok=True)
    account = Account(asked.account, asked.token, asked.sender)
    script, ledger = Script(asked.seed, asked.faults), Ledger(asked.ledger)
    windows = Windows(script, asked.stretch, only=asked.once)
    network = Network(script, ledger, windows, account=account, manner=Manner(asked.app, asked.pace, asked.lag))
    line = Line(network, asked.port, asked.patience, None if asked.quiet else _tell)
    ledger.write("started", seed=asked.seed, rates=script.rates, url=line.url)
    windows.begin()
    line.start()
    _say(line.url if asked.quiet else _how_to_start(line, account, asked.app))
    threading.Thread(target=_take_in, args=(network,), daemon=True).start()
    told.wait()
    line.stop()


def _asked() -> argparse.Namespace:
    account, manner = Account(), Manner()
    names = "\n".join(f"  {name:18} {fault.kind:10} {fault.rate:<6} {fault.means}" for name, fault in FAULTS.items())
    reader = argparse.ArgumentParser(
        prog="python -m tests.faults.stand_in",
        description="A stand-in for Twilio: real HTTP on 127.0.0.1, strict, with a ledger of what it accepted.",
        epilog=f"faults, their kinds and usual rates:\n{names}\n\n{EXAMPLES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = reader.add_argument
    add("--port", type=int, default=8001, help="where to listen; 0 takes any (default 8001)")
    add("--app", default=manner.app, help="Callboard's PUBLIC_URL, which inbound texts are called in to")
    add("--ledger", type=Path, default=Path("instance/ledger.jsonl"), help="its file; an older one is gone on with")
    add("--seed", type=int, default=1, help="the same seed plays the same faults to the same texts")
    add("--faults", type=_rates, default={}, help="all, none, or html,black_hole=0.5 (default none)")
    add("--stretch", type=float, default=120, help="seconds in which each window opens as often as its rate says")
    add("--once", action="store_true", help="no windows after the first stretch")
    add("--pace", type=float, default=manner.pace, help="seconds a text takes to arrive (default 2)")
    add("--lag", type=float, default=manner.lag, help="most seconds until the list holds a text (default 60)")
    add("--patience", type=float, default=10, help="seconds that Callboard waits for an answer (default 10)")
    add("--account", default=account.sid)
    add("--token", default=account.token)
    add("--sender", default=account.sender)
    add("--quiet", action="store_true", help="say only where it listens")
    return reader.parse_args()


def _rates(asked: str) -> dict[str, float]:
    try:
        return rates_of(asked)
    except NoSuchFault as refusal:
        raise argparse.ArgumentTypeError(str(refusal)) from refusal


def _how_to_start(line: Line, account: Account, app: str) -> str:
    known = {
        "TWILIO_ACCOUNT_SID": account.sid,
        "TWILIO_AUTH_TOKEN": account.token,
        "TWILIO_FROM": account.sender,
        "TWILIO_API_URL": line.url,
        "PUBLIC_URL": app,
    }
    settings = " ".join(f'{key}="{value}"' for key, value in known.items())
    return f"Start Callboard with\n  {settings}\nA typed line such as +12125550142 STOP is a text from that phone."


def _tell(asked: Asked, answer: Answer) -> None:
    """One line about a request, without full phone numbers."""
    form = dict(parse_qsl(asked.body.decode(errors="replace")))
    code = json.loads(answer.body).get("code", "") if answer.status >= 400 else ""
    what = f"to {masked(form['To'])}: {form.get('Body', '')!r}" if form.get("To") else asked.path.rsplit("/", 1)[-1]
    played = f" ({answer.fault})" if answer.fault else ""
    _say(f"{asked.method.upper()} {answer.status or 'no answer'} {code}{played} {what}")


def _take_in(network: Network) -> None:
    for line in sys.stdin:
        phone, _, words = line.strip().partition(" ")
        if phone.startswith("+") and words:
            answered = network.inbound.text(phone, words, now())
            _say(f"from {masked(phone)}: {f'answered {answered}' if answered else 'Callboard did not answer'}")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
