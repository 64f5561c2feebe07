"""Why no code is sent, or a code proves nothing."""

from flask_babel import lazy_gettext as _l


class CodeRefused(ValueError):
    """The code proves nothing. Its text is a sentence in the reader's language."""


class NoCodeNow(ValueError):
    """No code can be sent at all. Its text is a sentence in the reader's language."""


class TextsArePaused(NoCodeNow):
    """A coordinator has paused the texts and emails of the show, or all of them."""

    def __init__(self) -> None:
        super().__init__(
            _l("We're not sending messages right now. Please try again later, or ask whoever runs the show.")
        )


class SignUpIsClosed(NoCodeNow):
    """A coordinator has closed the public sign-up pages."""

    def __init__(self) -> None:
        super().__init__(_l("Sign-up is closed. To help out, ask whoever runs the show."))


class TooManyCodes(NoCodeNow):
    """The show, or the whole installation, has reached its limit of codes per hour or day."""

    def __init__(self) -> None:
        super().__init__(_l("So many people are signing up that we can't send more codes right now. Please try later."))


class WrongCode(CodeRefused):
    """Not the digits that were sent; ``tries_left`` more tries are allowed."""

    def __init__(self, tries_left: int) -> None:
        self.tries_left = tries_left
        super().__init__(_l("That's not the code. Check our latest message; the code has 6 digits."))


class CodeIsOver(CodeRefused):
    """Used, too old, or tried too often."""

    def __init__(self) -> None:
        super().__init__(_l("This code no longer works. Ask for a new one below."))
