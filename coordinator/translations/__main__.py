"""``python -m coordinator.translations``: collect, keep, compile, and name what is still to be translated."""

import sys

from .catalogues import CATALOGUES, compiled, missing, refreshed, written


def main() -> int:
    """Refresh every catalog; 1 when a sentence has no translation."""
    left = 0
    for language, path in CATALOGUES.items():
        catalogue = refreshed(language)
        path.write_bytes(written(catalogue))
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        for sentence in missing(catalogue):
            left += 1
            sys.stdout.write(f"{language}: {sentence}\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
