"""Compile the .po files under locale/ to .mo where they changed. Needs no gettext, only polib."""

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def main() -> None:
    for source in sorted(LOCALE.glob("**/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            print(f"compiled {target.relative_to(LOCALE)}")


if __name__ == "__main__":
    main()
