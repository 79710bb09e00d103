"""What the reference program of linear segmentability gives on average, and where images are not rounded when they are reduced.

    SEGMENTABILITY_REFERENCE=segmentability.py python segmentability_draws.py FOLDER...

One line a folder, NAME<tab>VALUE: the mean over four draws of pixels, twice as many as the reference draws (as many as the product does), of images
that are reduced in floating point. The reference itself draws once and rounds reduced images to whole grey values, which tells in dark ones. Filters,
classifier and threshold are the reference's own. It can be given to bench/segmentability.ts in the reference's place. Needs numpy, scipy, scikit-learn, pillow.
"""
import importlib.util
import os
import sys

import numpy as np
from PIL import Image

DRAWS, PIXELS, FOREGROUND, TESTED = 4, 5000, 1200, 30000
folders, sys.argv = sys.argv[1:], sys.argv[:1]
spec = importlib.util.spec_from_file_location('reference', os.environ['SEGMENTABILITY_REFERENCE'])
reference = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reference)


def resized(channel, size, shrink):
    plane = Image.fromarray(channel.astype(np.float32), mode='F')
    return np.asarray(plane.resize(size, Image.LANCZOS if shrink else Image.BICUBIC))


def load(folder):
    """The reference's images and masks, the images not rounded."""
    masks = {os.path.splitext(name)[0]: name for name in os.listdir(f'{folder}/masks')}
    names = sorted(name for name in os.listdir(f'{folder}/images') if os.path.splitext(name)[0] in masks)
    count = min(reference.IMAGES, len(names))
    for name in (names[int((i + 0.5) * len(names) / count)] for i in range(count)):
        rgb = np.asarray(Image.open(f'{folder}/images/{name}').convert('RGB'))
        scale = reference.SIDE / min(rgb.shape[:2])
        size = tuple(max(reference.SIDE, round(side * scale)) for side in rgb.shape[1::-1])
        mask = Image.open(f'{folder}/masks/{masks[os.path.splitext(name)[0]]}').convert('L')
        shrunk = np.stack([resized(rgb[..., c], size, scale < 1) for c in range(3)], axis=-1)
        yield shrunk, np.asarray(mask.resize(size, Image.BOX if scale < 1 else Image.NEAREST)) > 127


def pixels(random, foreground, y):
    return np.concatenate([
        random.choice(len(y), min(len(y), PIXELS), replace=False),
        random.choice(foreground, min(len(foreground), FOREGROUND), replace=False),
    ])


def draw(images, seed):
    random, scores = np.random.default_rng(seed), []
    samples = []
    for x, y in images:
        learnt = pixels(random, np.flatnonzero(y), y)
        tested = random.choice(len(y), min(len(y), TESTED), replace=False)
        samples.append((x[learnt], y[learnt], x[tested], y[tested]))
    half = len(samples) // 2
    for train, test in ((samples[:half], samples[half:]), (samples[half:], samples[:half])):
        model = reference.make_pipeline(
            reference.StandardScaler(),
            reference.LogisticRegression(max_iter=200, C=0.1, class_weight='balanced'),
        )
        model.fit(np.concatenate([s[0] for s in train]), np.concatenate([s[1] for s in train]))
        p = model.predict_proba(np.concatenate([s[2] for s in train]))[:, 1]
        y = np.concatenate([s[3] for s in train])
        thresholds = np.quantile(p, np.linspace(0.02, 0.995, 60))
        best = max(thresholds, key=lambda threshold: reference.dice(p > threshold, y))
        scores += [reference.dice(model.predict_proba(s[2])[:, 1] > best, s[3]) for s in test]
    return float(np.mean(scores))


for folder in folders:
    images = [(reference.features(rgb), mask.reshape(-1)) for rgb, mask in load(folder)]
    value = np.mean([draw(images, seed) for seed in range(DRAWS)])
    print(f'{os.path.basename(folder.rstrip("/"))}\t{value:.3f}', flush=True)
