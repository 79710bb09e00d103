"""The measures of docs/complexity.md written with NumPy, SciPy, scikit-image and Pillow, independently of native/complexity.

Used twice: test/complexity/reference.py stores its values, and skimage_complexity.py times it. Vectorised throughout; where
a library function does the work, it is used.
"""

import io

import numpy as np
from PIL import Image
from scipy import fft, ndimage
from skimage.feature import graycomatrix, graycoprops
from skimage.measure import label, shannon_entropy
from skimage.segmentation import find_boundaries


def luminance(image):
    """image: height x width x channels float32 in [0, 1]; returns height x width uint8."""
    if image.shape[2] == 1:
        value = np.float32(255) * image[..., 0]
    else:
        value = image @ np.array([76.245, 149.685, 29.07], np.float32)
    return (np.clip(value, 0, 255) + np.float32(0.5)).astype(np.uint8)


def jpeg(grey):
    stream = io.BytesIO()
    Image.fromarray(grey).save(stream, "JPEG", quality=75)
    data = stream.getvalue()
    header = data.index(b"\xff\xda")
    start = header + 2 + int.from_bytes(data[header + 2 : header + 4], "big")
    assert data[-2:] == b"\xff\xd9"
    return (len(data) - 2 - start) / grey.size


def median_frequency(grey):
    if grey.min() == grey.max():
        return 0.0
    height, width = grey.shape
    hann = [0.5 - 0.5 * np.cos(2 * np.pi * (np.arange(n) + 0.5) / n) for n in (height, width)]
    window = np.outer(hann[0], hann[1]).astype(np.float32)
    mean = np.average(grey, weights=window)
    padded = [max(16, 1 << (n - 1).bit_length()) for n in (height, width)]
    spectrum = fft.rfft2(window * (grey - np.float32(mean)), padded)
    power = spectrum.real**2 + spectrum.imag**2
    power[:, 1:-1] *= 2  # the other half of the plane
    power[0, 0] = 0
    fy = 512 * np.abs(fft.fftfreq(padded[0]))
    fx = 512 * fft.rfftfreq(padded[1])
    ring = (np.sqrt(fy[:, None] ** 2 + fx[None, :] ** 2) + 0.5).astype(np.int64)
    rings = np.bincount(ring.ravel(), weights=power.ravel())
    cumulative = np.cumsum(rings)
    half = cumulative[-1] / 2
    k = int(np.searchsorted(cumulative, half))
    below = cumulative[k - 1] if k else 0.0
    return max(0.0, k - 0.5 + (half - below) / rings[k]) / 256


def delentropy(grey):
    g = grey.astype(np.int32)
    fx = g[1:-1, 2:] - g[1:-1, :-2]
    fy = g[2:, 1:-1] - g[:-2, 1:-1]
    counts = np.bincount(((fy + 255) * 511 + fx + 255).ravel())
    p = counts[counts > 0] / fx.size
    return float(-0.5 * np.sum(p * np.log2(p)))


def edge_density(grey):
    g = grey.astype(np.int32)
    gx = ndimage.sobel(g, axis=1)[1:-1, 1:-1]
    gy = ndimage.sobel(g, axis=0)[1:-1, 1:-1]
    return float(np.mean(gx * gx + gy * gy > (4 * 16) ** 2))


def glcm(grey):
    angles = [0, np.pi / 4, np.pi / 2, 3 * np.pi / 4]
    matrix = graycomatrix(grey >> 3, [1], angles, levels=32, symmetric=True, normed=True)
    return float(graycoprops(matrix, "contrast").mean()), float(graycoprops(matrix, "homogeneity").mean())


def objects(mask):
    areas = np.bincount(label(mask, connectivity=2).ravel())[1:]
    return float(areas.size), float(areas.std() / areas.mean()) if areas.size > 1 else 0.0


def separability(inside, outside):
    """|2 AUC - 1| of two samples of integers in 0..255, from their histograms."""
    a, b = (np.bincount(values, minlength=256).astype(float) for values in (inside, outside))
    if a.sum() == 0 or b.sum() == 0:
        return 0.0
    wins = np.sum(a * (np.cumsum(b) - 0.5 * b))
    return float(abs(2 * wins / (a.sum() * b.sum()) - 1))


def bands(mask):
    near = lambda side: ndimage.maximum_filter(side.view(np.uint8), size=9, mode="constant", cval=0).view(bool)
    return mask & near(~mask), ~mask & near(mask)


def deviation_bins(grey, side):
    """Sample standard deviation over the pixels of `side` in the 5 x 5 window, in bins of half a grey level."""

    def box(values):
        ones = np.ones(5, np.int32)
        once = ndimage.correlate1d(values, ones, axis=0, mode="constant")
        return ndimage.correlate1d(once, ones, axis=1, mode="constant")

    g = np.where(side, grey, 0).astype(np.int32)
    n, s, q = box(side.astype(np.int32)).astype(np.int64), box(g).astype(np.int64), box(g * g).astype(np.int64)
    variance = (n * q - s * s) / np.maximum(n * (n - 1), 1)
    return np.minimum(255, (2 * np.sqrt(np.where(n > 1, variance, 0))).astype(np.int64))


def measure(image, mask):
    """image: height x width x channels float32 in [0, 1]; mask: height x width bool. Returns {measure: value}."""
    grey = luminance(image)
    contrast, homogeneity = glcm(grey)
    count, spread = objects(mask)
    inside, outside = bands(mask)
    return {
        "jpeg": jpeg(grey),
        "blobDensity": float(mask.mean()),
        "medianFrequency": float(median_frequency(grey)),
        "entropy": float(shannon_entropy(grey)),
        "delentropy": delentropy(grey),
        "edgeDensity": edge_density(grey),
        "glcmContrast": contrast,
        "glcmHomogeneity": homogeneity,
        "boundaryDensity": float(find_boundaries(mask, connectivity=1, mode="inner").mean()),
        "objectCount": count,
        "objectSizeSpread": spread,
        "intensitySeparability": separability(grey[inside], grey[outside]),
        "textureSeparability": separability(
            deviation_bins(grey, mask)[inside], deviation_bins(grey, ~mask)[outside]
        ),
    }
