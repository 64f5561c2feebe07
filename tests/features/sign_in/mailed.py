"""Emails that are kept instead of sent."""

from dataclasses import dataclass, field


@dataclass
class Recorder:
    """A mailer for tests: ``letters`` are whom it wrote to, and what."""

    letters: list[tuple[str, str]] = field(default_factory=list)
    is_set_up = True

    def send(self, to: str, subject: str, words: str) -> None:
        self.letters.append((to, words))
