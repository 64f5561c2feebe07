"""What is stored in place of codes and of browsers' secrets."""

import hmac
from hashlib import sha256


def hash_of(browser: str) -> str:
    """The hash stored in place of the browser's secret."""
    return sha256(browser.encode()).hexdigest()


def salted(digits: str, salt: str) -> str:
    """The salt and the hash of the digits with it."""
    return f"{salt}${sha256(f'{salt}{digits}'.encode()).hexdigest()}"


def fits(code_hash: str, digits: str) -> bool:
    """Whether these are the digits that were hashed."""
    return hmac.compare_digest(salted(digits, salt=code_hash.partition("$")[0]), code_hash)
