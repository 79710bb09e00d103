"""Computes reference.json: values of every measure with NumPy, SciPy, scikit-image and Pillow, for the scenes of scenes.json.

    python -m venv venv && venv/bin/pip install scikit-image scipy pillow
    venv/bin/python test/complexity/reference.py
"""

import json
import sys
from pathlib import Path

import numpy as np

here = Path(__file__).parent
sys.path.insert(0, str(here.parents[1] / "bench" / "peers"))
from skimage_measures import measure  # noqa: E402


def scene(width, height, channels, seed, discs, radius, noise, **_):
    """The same pixels as referenceScene.ts."""
    state = seed

    def below(limit):
        nonlocal state
        state = (state * 1664525 + 1013904223) % 2**32
        return (state >> 8) % limit

    y, x = np.mgrid[:height, :width]
    mask, base = np.zeros((height, width), bool), np.zeros((height, width), int)
    for _ in range(discs):
        cx, cy, r, level = below(width), below(height), 1 + below(radius), 60 + below(90)
        disc = (x - cx) ** 2 + (y - cy) ** 2 <= r * r
        mask |= disc
        base[disc] = level
    grain = np.array([below(noise + 1) for _ in range(width * height)]).reshape(height, width)
    level = 20 + base + 40 * x // width + grain
    planes = [level] + [level * (c + 1) % 256 for c in range(1, channels)]
    return (np.stack(planes, 2) / 255).astype(np.float32), mask


if __name__ == "__main__":
    scenes = json.loads((here / "scenes.json").read_text())
    values = {s["name"]: measure(*scene(**s)) for s in scenes}
    (here / "reference.json").write_text(json.dumps(values, indent=2) + "\n")
