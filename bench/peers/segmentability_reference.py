"""What the study's program of linear segmentability gives for the images that the product measured.

    python segmentability_reference.py PROGRAM SAMPLES

SAMPLES is a JSON file: a list of {width, height, channels, image, mask}, the latter two naming files beside it that hold height * width * channels
intensities in [0, 1] (float32) and height * width bytes (0 background). PROGRAM's own functions measure them four times, with other random numbers and
twice as many pixels as it draws by itself, which is as many as the product draws; printed is the mean. So nothing differs but the program: it
would itself round enlarged and reduced images to 8 bits, and reduce masks in another way. The colour differences of grey images, 0 by its definition, are set
to 0: the rounding errors of single precision that it finds there instead are standardised like any feature (on ccaus-carotid-us they move the value
from .50 to .42). Needs what PROGRAM needs.
"""
import importlib.util
import json
import os
import sys

import numpy as np

DRAWS = 4
program, samples = sys.argv[1:]
sys.argv = sys.argv[:1]
spec = importlib.util.spec_from_file_location('reference', program)
reference = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reference)
generator, features = np.random.default_rng, reference.features


class TwiceAsMany:
    """A random generator that draws twice as many as it is asked for, as far as there are as many."""

    def __init__(self, seed):
        self.random = generator(seed)

    def choice(self, population, size, replace):
        most = population if isinstance(population, int) else len(population)
        return self.random.choice(population, min(most, 2 * size), replace=replace)


def defined(rgb):
    columns = features(rgb)
    if np.ptp(rgb, axis=2).max() == 0:
        # Three channels, and then eight features at each of five scales, the first three of them the channels' Gaussians.
        for block in (0, *range(3, columns.shape[1], 8)):
            columns[:, block + 1 : block + 3] = 0
    return columns


def read(sample):
    shape = sample['height'], sample['width']
    beside = os.path.dirname(samples)
    image = np.fromfile(os.path.join(beside, sample['image']), np.float32).reshape(*shape, sample['channels'])
    mask = np.fromfile(os.path.join(beside, sample['mask']), np.uint8).reshape(shape) > 0
    return np.repeat(255 * image, 3 // sample['channels'], axis=2), mask


with open(samples) as file:
    images = [read(sample) for sample in json.load(file)]
# Filtered once: only the draws differ.
filtered = {id(rgb): defined(rgb) for rgb, _ in images}
reference.load, reference.features = lambda _: images, lambda rgb: filtered[id(rgb)]
values = []
for seed in range(DRAWS):
    np.random.default_rng = lambda _, seed=seed: TwiceAsMany(seed)
    values.append(reference.segmentability(''))
print(np.mean(values))
