"""Computes segmentability.reference.json: pixel features with SciPy, and linear segmentability with scikit-learn, of drawn scenes so
small that no pixel has to be drawn by chance.

    python -m venv venv && venv/bin/pip install scikit-learn scipy scikit-image pillow
    venv/bin/python test/complexity/segmentability.reference.py
"""

import json
from pathlib import Path

import numpy as np
from scipy import ndimage
from sklearn.linear_model import LogisticRegression

from reference import scene

SCENES = [
    dict(width=64, height=56, channels=3, seed=seed, discs=6, radius=8, noise=60) for seed in (11, 12, 13, 14, 15)
]


def planes(image):
    """height * width * 43 features, from the definition in docs/complexity.md."""
    image = image.astype(float)
    standard = (image - image.mean((0, 1))) / np.maximum(image.std((0, 1)), 1e-3)
    luminance = standard @ [0.299, 0.587, 0.114]
    base = [luminance, standard[..., 0] - standard[..., 1], standard[..., 2] - luminance]
    found = list(base)
    for sigma in (1, 2, 4, 8, 16):
        smooth = [ndimage.gaussian_filter(plane, sigma, truncate=4, mode="reflect") for plane in base]
        down, across = np.gradient(smooth[0])
        (yy, xy), xx = np.gradient(down), np.gradient(across, axis=1)
        variance = ndimage.gaussian_filter(luminance**2, sigma) - smooth[0] ** 2
        eigenvalues = np.linalg.eigvalsh(np.stack([np.stack([xx, xy], -1), np.stack([xy, yy], -1)], -1))
        found += smooth + [
            np.hypot(down, across),
            ndimage.laplace(smooth[0]),
            np.sqrt(np.maximum(variance, 0)),
            eigenvalues[..., 1],
            eigenvalues[..., 0],
        ]
    return np.stack(found, -1)


def dice(found, truth):
    return 2 * (found & truth).sum() / (found.sum() + truth.sum())


def classifier(images):
    # Every pixel, and those of the foreground once more.
    x = np.concatenate([np.concatenate([f.reshape(-1, 43), f[m]]) for f, m in images])
    y = np.concatenate([np.concatenate([m.reshape(-1), np.ones(m.sum(), bool)]) for _, m in images])
    mean, deviation = x.mean(0), x.std(0)
    fit = LogisticRegression(C=0.1, class_weight="balanced", solver="newton-cholesky", tol=1e-12, max_iter=1000)
    fit.fit((x - mean) / deviation, y)
    weights = fit.coef_[0] / deviation
    intercept = fit.intercept_[0] - weights @ mean
    value = np.concatenate([(f @ weights + intercept).reshape(-1) for f, _ in images])
    truth = np.concatenate([m.reshape(-1) for _, m in images])
    threshold = max(np.quantile(value, np.linspace(0.02, 0.995, 60)), key=lambda t: dice(value > t, truth))
    return weights, intercept, threshold


def main():
    images = [(planes(image), mask) for image, mask in (scene(**s) for s in SCENES)]
    half = len(images) // 2
    fits = [classifier(images[:half]), classifier(images[half:])]
    scores = []
    for i, (features, mask) in enumerate(images):
        weights, intercept, threshold = fits[1 if i < half else 0]
        scores.append(dice(features @ weights + intercept > threshold, mask))
    some = [(x, y) for y in (0, 1, 7, 31, 55) for x in (0, 2, 20, 63)]
    reference = {
        "scenes": SCENES,
        "features": [{"x": x, "y": y, "values": images[0][0][y, x].tolist()} for x, y in some],
        "dice": scores,
        "classifiers": [
            {"weights": w.tolist(), "intercept": b, "threshold": 1 / (1 + np.exp(-t))} for w, b, t in fits
        ],
    }
    path = Path(__file__).with_name("segmentability.reference.json")
    path.write_text(json.dumps(reference, indent=1) + "\n")


if __name__ == "__main__":
    main()
