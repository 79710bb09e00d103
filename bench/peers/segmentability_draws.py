"""What the reference program of linear segmentability gives on average over draws of pixels.

    SEGMENTABILITY_REFERENCE=segmentability.py python segmentability_draws.py FOLDER...

Runs that program four times with other random numbers and twice as many pixels, which is as many as the product draws, and prints NAME<tab>MEAN for each
folder, so that it can be given to bench/segmentability.ts in the reference's place. Needs what the reference needs.
"""
import importlib.util
import os
import sys

import numpy as np

DRAWS = 4
folders, sys.argv = sys.argv[1:], sys.argv[:1]
spec = importlib.util.spec_from_file_location('reference', os.environ['SEGMENTABILITY_REFERENCE'])
reference = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reference)
generator, load, features = np.random.default_rng, reference.load, reference.features


class TwiceAsMany:
    """A random generator that draws twice as many as it is asked for, as far as there are as many."""

    def __init__(self, seed):
        self.random = generator(seed)

    def choice(self, population, size, replace):
        most = population if isinstance(population, int) else len(population)
        return self.random.choice(population, min(most, 2 * size), replace=replace)


for folder in folders:
    # Read and filtered once: only the draws differ.
    images = list(load(folder))
    filtered = {id(rgb): features(rgb) for rgb, _ in images}
    reference.load, reference.features = lambda _: images, lambda rgb: filtered[id(rgb)]
    values = []
    for seed in range(DRAWS):
        np.random.default_rng = lambda _, seed=seed: TwiceAsMany(seed)
        values.append(reference.segmentability(folder))
    print(f'{os.path.basename(folder.rstrip("/"))}\t{np.mean(values):.3f}', flush=True)
