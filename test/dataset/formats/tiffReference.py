"""
Writes tiffReference.json: small TIFFs made by tifffile, and the values that it reads of them.

    python -m venv v && v/bin/pip install tifffile imagecodecs
    v/bin/python test/dataset/formats/tiffReference.py
"""
import base64, hashlib, io, itertools, json, os, zlib
import numpy as np, tifffile

H, W = 9, 19
files = []


def add(name, array, channels=1, mask=False, **options):
    """channels: of a page, 3 for colour; mask: read as a mask only, because an image shows colours in place of indices."""
    out = io.BytesIO()
    tifffile.imwrite(out, array, metadata=None, **options)
    data = out.getvalue()
    values = tifffile.imread(io.BytesIO(data))
    if options.get('planarconfig') == 'separate':
        values = np.moveaxis(values, 0, -1)
    # The program holds what is neither 8 nor 16 unsigned bits as 32-bit floats.
    values = values.astype('u1') if values.dtype == bool else values
    values = values.astype('f4').astype('<f8')
    if channels > 3:
        values = values[..., :1]
    files.append(dict(
        name=name, bytes=base64.b64encode(zlib.compress(data, 9)).decode(), channels=3 if channels == 3 else 1, mask=mask,
        values=hashlib.sha256(np.ascontiguousarray(values).tobytes()).hexdigest(),
    ))


def noise(kind, shape=(H, W)):
    """Few numbers of the whole range, so that the files stay small."""
    kind = np.dtype(kind)
    steps = (np.arange(np.prod(shape)).reshape(shape) * 5) % 7 - 3
    if kind.kind == 'f':
        return (steps * 12.625).astype(kind)
    info = np.iinfo(kind)
    return np.where(steps < 0, max(info.min, -2**20) - 3 * (steps + 1), min(info.max, 2**20) - 5 * steps).astype(kind)


ways = [
    ('strips', {}), ('LZW in tiles', dict(compression='lzw', tile=(16, 16))), ('Deflate', dict(compression='deflate', rowsperstrip=5)),
    ('ZSTD in tiles', dict(compression='zstd', tile=(16, 32))), ('PackBits', dict(compression='packbits', rowsperstrip=4)),
]
orders = itertools.cycle([('<', False), ('>', False), ('<', True), ('>', True)])
for kind in ['u1', 'u2', 'u4', 'u8', 'i1', 'i2', 'i4', 'i8', 'f2', 'f4', 'f8']:
    for way, options in ways:
        order, big = next(orders)
        predictors = [None]
        if options.get('compression') in ('lzw', 'deflate', 'zstd'):
            predictors = [None, 3 if kind[0] == 'f' else 2]
        for predictor in predictors:
            differences = f', predictor {predictor}' if predictor else ''
            add(f'{kind} {way}{differences}, {"big" if order == ">" else "little"}-endian{", BigTIFF" if big else ""}',
                noise(kind), byteorder=order, bigtiff=big, predictor=predictor, photometric='minisblack', **options)
for kind in ['u1', 'u2', 'f4']:
    for way, options in ways:
        for planar in ['contig', 'separate']:
            shape = (H, W, 3) if planar == 'contig' else (3, H, W)
            add(f'{kind} colour, {way}, {planar}', noise(kind, shape), 3, photometric='rgb', planarconfig=planar, **options)
add('u2 five samples', noise('u2', (H, W, 5)), 5, photometric='minisblack', planarconfig='contig')
add('u2 five planes', noise('u2', (5, H, W)), 5, photometric='minisblack', planarconfig='separate', tile=(16, 16))
for way, options in ways:
    for predictor in [None, 2] if options.get('compression') in ('lzw', 'deflate', 'zstd') else [None]:
        colours = np.roll(np.arange(768, dtype='u2').reshape(3, 256) * 80, 5, 1)
        add(f'indices, {way}{", predictor 2" if predictor else ""}', noise('u1') % 4, mask=True,
            photometric='palette', colormap=colours, predictor=predictor, **options)
for kind, channels, tile in [('u1', 1, None), ('u1', 3, None), ('u2', 1, None), ('u2', 3, (16, 16)), ('u1', 1, (16, 32))]:
    add(f'{kind} JPEG 2000, {channels} channels, {"tiles" if tile else "strips"}', noise(kind, (H, W, 3) if channels == 3 else (H, W)), channels,
        photometric='rgb' if channels == 3 else 'minisblack', compression='jpeg2000', tile=tile)

with open(os.path.join(os.path.dirname(__file__), 'tiffReference.json'), 'w') as file:
    json.dump(files, file, indent=1)
    file.write('\n')
