"""Copies the scripts Callboard ships and tests with out of node_modules, with their licenses and SHA-256.

    npm ci --ignore-scripts && python docs/maintaining/vendor.py

Run it only after a version in package.json has changed, and commit what it writes. tests/test_vendor.py checks the
copies.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ROOT / "node_modules"
REQUIRED = re.compile(r"""require\("([^"]+)"\)""")
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


@dataclass(frozen=True)
class Script:
    """One script of a package: copied byte for byte or, with ``as_global``, bundled with the packages it is made of."""

    package: str
    source: str
    file: str
    licences: tuple[str, ...] = ("LICENSE",)
    parts_of: tuple[str, ...] = ()
    as_global: str | None = None


SHELVES = {
    ROOT / "coordinator/static/vendor": [Script("sortablejs", "Sortable.min.js", "Sortable.min.js")],
    ROOT / "tests/browser/vendor": [
        Script("axe-core", "axe.min.js", "axe.min.js", licences=("LICENSE", "LICENSE-3RD-PARTY.txt")),
        Script(
            "sms-segments-calculator",
            "dist/index.js",
            "sms-segments.js",
            parts_of=("grapheme-splitter",),
            as_global="smsSegments",
        ),
    ],
}


def main() -> None:
    for shelf, scripts in SHELVES.items():
        shelf.mkdir(parents=True, exist_ok=True)
        for old in shelf.iterdir():
            old.unlink()
        manifest = [entry for script in scripts for entry in fill(shelf, script)]
        (shelf / "MANIFEST.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def fill(shelf: Path, script: Script) -> Iterator[dict[str, object]]:
    """Write the script and its licenses; return one manifest entry for each package in it."""
    source = PACKAGES / script.package / script.source
    content = bundle(source, script.as_global) if script.as_global else source.read_bytes()
    (shelf / script.file).write_bytes(content)
    for package in (script.package, *script.parts_of):
        about = json.loads((PACKAGES / package / "package.json").read_text(encoding="utf-8"))
        licences = script.licences if package == script.package else ("LICENSE",)
        yield {
            "name": package,
            "version": about["version"],
            "licence": about["license"],
            "file": script.file,
            "sha256": sha256(content),
            "licence_texts": dict(copy_licences(shelf, package, licences)),
        }


def copy_licences(shelf: Path, package: str, licences: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for licence in licences:
        content = (PACKAGES / package / licence).read_bytes()
        copy = shelf / f"{package}.{licence.removesuffix('.txt')}.txt"
        copy.write_bytes(content)
        yield copy.name, sha256(content)


def bundle(entry: Path, as_global: str) -> bytes:
    """A CommonJS module and everything it requires, as one script for a browser. No two may share a file name."""
    parts = "".join(
        f'parts["{name}"] = function (module, exports, require) {{\n{text}\n}};\n' for name, text in modules(entry)
    )
    return f"""var {as_global} = (function () {{
var parts = {{}}, loaded = {{}};
function load(path) {{
  var name = path.split("/").pop(), module = loaded[name];
  if (!module) {{ module = loaded[name] = {{exports: {{}}}}; parts[name](module, module.exports, load); }}
  return module.exports;
}}
{parts}return load("{entry.stem}");
}})();
""".encode()


def modules(entry: Path) -> Iterator[tuple[str, str]]:
    """Every module reached from the entry, each once: its name without folder and ending, and its text."""
    waiting, seen = [(entry.stem, entry)], {entry.stem}
    while waiting:
        name, path = waiting.pop()
        text = path.read_text(encoding="utf-8")
        yield name, SOURCE_MAP.sub("", text).strip()
        for required in REQUIRED.findall(text):
            if (found := Path(required).name) not in seen:
                seen.add(found)
                waiting.append((found, located(required, path)))


def located(required: str, by: Path) -> Path:
    if required.startswith("."):
        return (by.parent / f"{required}.js").resolve()
    about = json.loads((PACKAGES / required / "package.json").read_text(encoding="utf-8"))
    return PACKAGES / required / str(about.get("main", "index.js"))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    main()
