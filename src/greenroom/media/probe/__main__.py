"""`python -m greenroom.media.probe FILE COPY TYPE`: one line of JSON, either what the copy is or why there is none."""

import json
import sys
from pathlib import Path

from greenroom.media.probe.confine import confine
from greenroom.media.probe.refused import Refused


def main(source: Path, copy: Path, type_: str) -> dict[str, object]:
    confine(largest_file=source.stat().st_size * 2 + 64_000_000)
    try:
        if type_.startswith("image/"):
            from greenroom.media.probe.image import clean_image

            return clean_image(source, copy, type_)
        from greenroom.media.probe.film import clean_film

        return clean_film(source, copy, type_)
    except Refused as refused:
        return {"refused": str(refused)}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])))
