"""Times the measures in scikit-image, SciPy and Pillow, one image after the other in one thread.

Reads 4 little-endian int32 (count, height, width, channels), then float32 images and uint8 masks from the file named by the
argument. For every line on standard input, measures all images once and prints the seconds of wall-clock and of processor time.
"""

import sys
import time

import numpy as np
from skimage_measures import measure

data = open(sys.argv[1], "rb").read()
count, height, width, channels = np.frombuffer(data, "<i4", 4)
pixels = height * width
images = np.frombuffer(data, "<f4", count * pixels * channels, 16).reshape(count, height, width, channels)
masks = np.frombuffer(data, "u1", count * pixels, 16 + images.nbytes).reshape(count, height, width).view(bool)
measure(images[0], masks[0])
print("ready", flush=True)
for _ in sys.stdin:
    start, before = time.perf_counter(), time.process_time()
    for image, mask in zip(images, masks):
        measure(image, mask)
    print(time.perf_counter() - start, time.process_time() - before, flush=True)
