"""
Writes reference.json: small DICOM and NIfTI files made by pydicom, highdicom and nibabel, and what these libraries read of them.

    python -m venv v && v/bin/pip install pydicom pylibjpeg pylibjpeg-libjpeg pylibjpeg-openjpeg pyjpegls python-gdcm highdicom nibabel scikit-image pycocotools roifile
    v/bin/python test/dataset/formats/reference.py
"""
import base64, hashlib, io, itertools, json, os, tempfile, warnings, zlib
import numpy as np, nibabel as nib, pydicom, highdicom as hd
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.pixels import apply_rescale, apply_windowing
from pydicom.sequence import Sequence
from pydicom.uid import (CTImageStorage, DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian,
                         JPEG2000, JPEG2000Lossless, JPEGLSLossless, RLELossless, generate_uid)
from skimage.draw import polygon2mask
from highdicom.sr.coding import CodedConcept

warnings.filterwarnings('ignore')
H, W = 33, 34
counter = itertools.count(1)
uid = lambda: f'1.2.826.0.1.3680043.8.498.{next(counter)}'
text = lambda data: base64.b64encode(zlib.compress(data, 9)).decode()
digest = lambda values: hashlib.sha256(np.ascontiguousarray(values, dtype='<f8').tobytes()).hexdigest()


def dataset(sop=CTImageStorage, syntax=ExplicitVRLittleEndian, **elements):
    ds = FileDataset('x', {}, preamble=b'\0' * 128, is_implicit_VR=syntax == ImplicitVRLittleEndian, is_little_endian=syntax != ExplicitVRBigEndian)
    ds.file_meta = FileMetaDataset()
    ds.file_meta.MediaStorageSOPClassUID = sop
    ds.file_meta.MediaStorageSOPInstanceUID = uid()
    ds.file_meta.TransferSyntaxUID = syntax
    ds.SOPClassUID, ds.SOPInstanceUID = sop, ds.file_meta.MediaStorageSOPInstanceUID
    ds.PatientName, ds.PatientID = 'Secret^Name', 'SECRET-ID'
    for name, value in elements.items():
        setattr(ds, name, value)
    return ds


def pixels(ds, array, stored=None, signed=False, photometric='MONOCHROME2', planar=None):
    frames = array.ndim - (3 if photometric in ('RGB', 'YBR_FULL') else 2)
    shape = array.shape[1:] if frames else array.shape
    ds.Rows, ds.Columns = (shape[1], shape[2]) if planar == 1 else shape[:2]
    ds.SamplesPerPixel = 3 if photometric in ('RGB', 'YBR_FULL') else 1
    if ds.SamplesPerPixel == 3:
        ds.PlanarConfiguration = planar or 0
    if frames:
        ds.NumberOfFrames = array.shape[0]
    ds.PhotometricInterpretation = photometric
    ds.BitsAllocated = array.dtype.itemsize * 8
    ds.BitsStored = stored or ds.BitsAllocated
    ds.HighBit = ds.BitsStored - 1
    ds.PixelRepresentation = int(signed)
    order = '>' if ds.file_meta.TransferSyntaxUID == ExplicitVRBigEndian else '<'
    data = array.astype(array.dtype.newbyteorder(order)).tobytes()
    ds.PixelData = data + b'\0' * (len(data) % 2)
    ds['PixelData'].VR = 'OW' if ds.BitsAllocated > 8 else 'OB'
    return ds


def saved(ds):
    out = io.BytesIO()
    ds.save_as(out, enforce_file_format=True)
    return out.getvalue()


rng = np.random.default_rng(7)
y, x = np.mgrid[:H, :W]
smooth = 800 + 30 * x + 20 * y
u12 = (smooth + rng.integers(0, 40, (H, W))).clip(0, 4095).astype('u2')
u8 = (smooth / 8).astype('u1')
i16 = (smooth.astype('i4') - 1500 + rng.integers(-9, 9, (H, W))).astype('i2')
rgb = np.stack([u8, u8[::-1], 255 - u8], -1)
film = np.stack([u12, u12[::-1], u12[:, ::-1]])


def compressed(ds, syntax):
    ds.compress(syntax, generate_instance_uid=False)
    return saved(ds)


def by_gdcm(data, kind):
    import gdcm
    with tempfile.TemporaryDirectory() as folder:
        open(f'{folder}/a', 'wb').write(data)
        reader = gdcm.ImageReader(); reader.SetFileName(f'{folder}/a'); assert reader.Read()
        change = gdcm.ImageChangeTransferSyntax()
        change.SetTransferSyntax(gdcm.TransferSyntax(kind)); change.SetInput(reader.GetImage()); assert change.Change()
        writer = gdcm.ImageWriter(); writer.SetFileName(f'{folder}/b'); writer.SetFile(reader.GetFile()); writer.SetImage(change.GetOutput()); assert writer.Write()
        return open(f'{folder}/b', 'rb').read()


def gdcm_kinds():
    import gdcm
    return gdcm.TransferSyntax.JPEGLosslessProcess14, gdcm.TransferSyntax.JPEGLosslessProcess14_1, gdcm.TransferSyntax.JPEGBaselineProcess1


overlay = (u12 | (rng.integers(0, 16, (H, W)) << 12)).astype('u2')
palette = dataset(PhotometricInterpretation='PALETTE COLOR')
pixels(palette, (u8 % 4).astype('u1'), photometric='PALETTE COLOR')
for colour, values in zip(('Red', 'Green', 'Blue'), ([0, 255, 0, 9], [0, 0, 255, 8], [0, 0, 0, 7])):
    setattr(palette, f'{colour}PaletteColorLookupTableDescriptor', [4, 0, 16])
    setattr(palette, f'{colour}PaletteColorLookupTableData', np.array(values, '<u2').__mul__(257).tobytes())
p14, sv1, baseline = gdcm_kinds()
rescale = dict(RescaleSlope='2', RescaleIntercept='-1024')
dicom = {
    'explicit, 12 of 16 bits': saved(pixels(dataset(), u12, 12)),
    'implicit, signed, rescaled': saved(pixels(dataset(syntax=ImplicitVRLittleEndian, **rescale), i16, signed=True)),
    'big endian': saved(pixels(dataset(syntax=ExplicitVRBigEndian), u12, 12)),
    'deflated': saved(pixels(dataset(syntax=DeflatedExplicitVRLittleEndian), u12, 12)),
    'bits beside the values': saved(pixels(dataset(), overlay, 12)),
    '0 is white': saved(pixels(dataset(), u12, 12, photometric='MONOCHROME1')),
    '8 bits': saved(pixels(dataset(), u8)),
    '32 bits': saved(pixels(dataset(), u12.astype('u4') * 1000)),
    'colours': saved(pixels(dataset(), rgb, photometric='RGB')),
    'colours in planes': saved(pixels(dataset(), np.moveaxis(rgb, -1, 0).copy(), photometric='RGB', planar=1)),
    'brightness and colour differences': saved(pixels(dataset(), rgb, photometric='YBR_FULL')),
    'palette': saved(palette),
    'film': saved(pixels(dataset(**rescale), film, 12)),
    'RLE': compressed(pixels(dataset(), u12, 12), RLELossless),
    'RLE, signed film': compressed(pixels(dataset(), np.stack([i16, i16[::-1]]), signed=True), RLELossless),
    'RLE, colours': compressed(pixels(dataset(), rgb, photometric='RGB'), RLELossless),
    'JPEG-LS': compressed(pixels(dataset(), u12, 12), JPEGLSLossless),
    'JPEG-LS, colours': compressed(pixels(dataset(), rgb, photometric='RGB'), JPEGLSLossless),
    'JPEG 2000': compressed(pixels(dataset(), u12, 12), JPEG2000Lossless),
    'JPEG 2000, signed': compressed(pixels(dataset(**rescale), i16, signed=True), JPEG2000Lossless),
    'JPEG 2000, colours': compressed(pixels(dataset(), rgb, photometric='RGB'), JPEG2000Lossless),
    'lossless JPEG, process 14': by_gdcm(saved(pixels(dataset(), u12, 12)), p14),
    'lossless JPEG, first selection': by_gdcm(saved(pixels(dataset(), u8)), sv1),
    'lossless JPEG, signed': by_gdcm(saved(pixels(dataset(), i16, signed=True)), sv1),
    'lossless JPEG, colours': by_gdcm(saved(pixels(dataset(), rgb, photometric='RGB')), sv1),
    'baseline JPEG': by_gdcm(saved(pixels(dataset(), u8)), baseline),
}


def read_dicom(data):
    ds = pydicom.dcmread(io.BytesIO(data))
    array = ds.pixel_array
    last = array[-1] if int(ds.get('NumberOfFrames', 1)) > 1 else array
    if ds.PhotometricInterpretation == 'PALETTE COLOR':
        last = pydicom.pixels.apply_color_lut(last, ds) >> 8
    grey = ds.SamplesPerPixel == 1 and ds.PhotometricInterpretation != 'PALETTE COLOR'
    values = apply_rescale(last, ds).astype('f8') if grey else last.astype('f8')
    if ds.PhotometricInterpretation == 'MONOCHROME1':
        values = 2 ** ds.BitsStored - 1 - values
    return ds, array, values


def entry(name, data):
    ds, array, values = read_dicom(data)
    frames = int(ds.get('NumberOfFrames', 1))
    known = {'name': name, 'bytes': text(data), 'frames': frames, 'width': int(ds.Columns), 'height': int(ds.Rows), 'values': digest(values)}
    if name == 'baseline JPEG':
        known['pixels'] = text(values.astype('u1').tobytes())
    if ds.SamplesPerPixel == 1 and 'PALETTE' not in ds.PhotometricInterpretation and 'white' not in name:
        ds.WindowCenter, ds.WindowWidth = 400, 900
        shown = apply_windowing(values, ds)
        # The library spreads the window over the range of the stored values; here it is shown as 0 to 255.
        known['window'] = digest(np.clip(np.floor(((values - 399.5) / 899 + 0.5).clip(0, 1) * 255 + 0.5), 0, 255))
        low, high = shown.min(), shown.max()
        spread = (values.clip(400 - 450, 400 + 450) - values.clip(-50, 850).min())
        assert high == low or np.corrcoef(shown.ravel(), spread.ravel())[0, 1] > 0.999
    return known


def volumes():
    shape, entries = (7, 6, 5), []
    kinds = ['u1', 'i1', 'u2', 'i2', 'u4', 'i4', 'f4', 'f8', 'i8', 'u8']
    for n, kind in enumerate(kinds):
        signs = [1 if (n >> k) & 1 else -1 for k in range(3)]
        perm = list(itertools.permutations(range(3)))[n % 6]
        A = np.zeros((3, 3))
        for k in range(3):
            A[perm[k], k] = signs[k] * (k + 1.5)
        if n % 3 == 2:
            c, s = np.cos(0.3), np.sin(0.3)
            A = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]) @ A
        affine = np.eye(4)
        affine[:3, :3], affine[:3, 3] = A, [n, -n, 2 * n]
        size = shape if n % 4 else shape + (2,)
        array = rng.normal(size=size).astype(kind) if kind[0] == 'f' else rng.integers(0, 120, size).astype(kind)
        image = (nib.Nifti1Image, nib.Nifti2Image)[n % 2](array, affine, dtype=array.dtype)
        if n == 5:
            image.header.set_slope_inter(0.5, -3)
        if n % 4 == 1:
            image.set_sform(None, 0); image.set_qform(affine, 1)
        if n % 4 == 3:
            image.set_sform(None, 0); image.set_qform(None, 0)
        if n == 6:
            image = nib.Nifti1Image(array, affine, image.header.as_byteswapped())
        with tempfile.TemporaryDirectory() as folder:
            path = f'{folder}/a.nii' + ('.gz' if n % 2 else '')
            nib.save(image, path)
            entries.append(volume_entry(f'{kind}, {nib.aff2axcodes(nib.load(path).affine)}', path))
    return entries


def volume_entry(name, path):
    image = nib.load(path)
    turn = nib.orientations.ornt_transform(nib.io_orientation(image.affine), nib.orientations.axcodes2ornt('LPS'))
    data = np.asarray(image.as_reoriented(turn).get_fdata())
    data = data if data.ndim == 4 else data[..., None]
    cuts = {'axial': lambda k: data[:, :, k, -1].T, 'coronal': lambda k: data[:, k, ::-1, -1].T, 'sagittal': lambda k: data[k, :, ::-1, -1].T}
    slices = {'axial': data.shape[2], 'coronal': data.shape[1], 'sagittal': data.shape[0]}
    axes = [{'axis': axis, 'slices': slices[axis], 'slice': 1, 'height': cut(1).shape[0], 'width': cut(1).shape[1], 'values': digest(np.float32(cut(1)))} for axis, cut in cuts.items()]
    return {'name': name, 'bytes': text(open(path, 'rb').read()), 'volumes': data.shape[3], 'axes': axes}


def series(patient, slices=3, side=32):
    study, ser, frame = uid(), uid(), uid()
    y, x = np.mgrid[:side, :side]
    made = []
    for k in range(slices):
        ds = dataset(StudyInstanceUID=study, SeriesInstanceUID=ser, FrameOfReferenceUID=frame, Modality='CT', InstanceNumber=slices - k, SeriesNumber=1,
                     StudyDate='', StudyTime='', AccessionNumber='', StudyID='', ReferringPhysicianName='', PatientBirthDate='', PatientSex='', Manufacturer='',
                     ImagePositionPatient=[-8.0, -6.0, 50.0 - 5 * k], ImageOrientationPatient=[1, 0, 0, 0, 1, 0], PixelSpacing=[0.8, 0.5], SliceThickness=5)
        ds.PatientID = ds.PatientName = f'SECRET-{patient}'
        pixels(ds, (1000 + 100 * (np.hypot(x - 12 - k, y - 16) < 7) + patient).astype('u2'), 12)
        made.append(ds)
    return made


def segmentation(slices, side=32):
    y, x = np.mgrid[:side, :side]
    masks = np.zeros((len(slices), side, side, 2), 'u1')
    for k in (0, 2):
        masks[k, ..., 0], masks[k, ..., 1] = np.hypot(x - 12 - k, y - 16) < 7, np.hypot(x - 26, y - 8 - k) < 3
    code = CodedConcept('85756007', 'SCT', 'Tissue')
    segments = [hd.seg.SegmentDescription(i + 1, label, code, code, hd.seg.SegmentAlgorithmTypeValues.MANUAL) for i, label in enumerate(['tumour', 'organ'])]
    made = hd.seg.Segmentation(slices, masks, hd.seg.SegmentationTypeValues.BINARY, segments, uid(), 1, uid(), 1, 'm', 'n', '1', 'd', omit_empty_frames=True)
    return saved(made), masks


def structures(slices, side=32):
    first = slices[0]
    ds = dataset('1.2.840.10008.5.1.4.1.1.481.3', ImplicitVRLittleEndian, Modality='RTSTRUCT', SpecificCharacterSet='ISO_IR 192')
    referenced, study, frame, structure, contours = Dataset(), Dataset(), Dataset(), Dataset(), Dataset()
    referenced.SeriesInstanceUID = first.SeriesInstanceUID
    study.RTReferencedSeriesSequence = Sequence([referenced])
    frame.FrameOfReferenceUID, frame.RTReferencedStudySequence = first.FrameOfReferenceUID, Sequence([study])
    ds.ReferencedFrameOfReferenceSequence = Sequence([frame])
    structure.ROINumber, structure.ROIName = 1, 'Leber ä'
    ds.StructureSetROISequence = Sequence([structure])
    found, masks = [], []
    for k, image in enumerate(slices):
        mask = np.zeros((side, side), 'u1')
        for radius in (9 + k, 4) if k != 1 else ():
            turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
            px, py = 15 + radius * np.cos(turn) + 0.013, 16 + radius * np.sin(turn) + 0.017
            contour = Dataset()
            contour.ContourGeometricType, contour.NumberOfContourPoints = 'CLOSED_PLANAR', len(px)
            points = zip(image.ImagePositionPatient[0] + px * 0.5, image.ImagePositionPatient[1] + py * 0.8, [image.ImagePositionPatient[2]] * len(px))
            contour.ContourData = [f'{value:.5f}' for point in points for value in point]
            if k == 0:
                on = Dataset()
                on.ReferencedSOPClassUID, on.ReferencedSOPInstanceUID = image.SOPClassUID, image.SOPInstanceUID
                contour.ContourImageSequence = Sequence([on])
            found.append(contour)
            mask ^= polygon2mask(mask.shape, np.stack([py, px], 1)).astype('u1')
        masks.append(mask)
    contours.ReferencedROINumber, contours.ContourSequence = 1, Sequence(found)
    ds.ROIContourSequence = Sequence([contours])
    return saved(ds), masks


def patients(annotate):
    made = []
    for patient in (1, 2, 3):
        slices = series(patient)
        data, masks = annotate(slices)
        made.append({'annotation': text(data), 'slices': [{'bytes': text(saved(ds)), 'mask': text(np.packbits(np.asarray(mask).reshape(32, 32, -1).any(-1)).tobytes()),
                     'z': float(ds.ImagePositionPatient[2])} for ds, mask in zip(slices, masks)]})
    return made


def annotations():
    import roifile
    from pycocotools import mask as coco_mask
    h, w = 30, 40
    random = np.random.default_rng(3)
    inside = lambda points: polygon2mask((h, w), np.asarray(points, float)[:, ::-1] - 0.5)

    def star(cx, cy, corners, low, high):
        angles = np.sort(random.uniform(0, 2 * np.pi, corners))
        radii = random.uniform(low, high, corners)
        return np.round(np.stack([cx + radii * np.cos(angles), cy + radii * np.sin(angles)], 1), 3)

    a, b, c, hole = star(12, 14, 9, 5, 9), star(29, 16, 7, 4, 8), star(38, 4, 6, 3, 7), star(12, 14, 6, 1, 3)
    pack = lambda mask: text(np.packbits(np.asarray(mask, bool)).tobytes())
    blob = (np.hypot(*np.mgrid[-15:15, -12:28]) < 8) & (random.random((h, w)) < 0.9)
    packed = coco_mask.encode(np.asfortranarray(blob.astype('u1')))

    def run_lengths(values):
        lengths, last = [0], 0
        for value in values:
            if int(value) == last:
                lengths[-1] += 1
            else:
                lengths.append(1)
                last = int(value)
        return lengths

    counts = run_lengths(blob.T.ravel())
    tall = random.random((6, 5)) < 0.5
    runs = run_lengths(tall.ravel())
    cvat_mask = np.zeros((h, w), bool)
    cvat_mask[10:16, 20:25] = tall

    def brush(mask):
        values = np.repeat(np.where(mask.ravel(), 255, 0), 4)
        bits, at = f'{len(values):032b}' + f'{7:05b}' + ''.join(f'{size - 1:04b}' for size in (3, 4, 8, 16)), 0
        while at < len(values):
            end = at
            while end < len(values) and values[end] == values[at] and end - at < 65536:
                end += 1
            which = next(i for i, size in enumerate((3, 4, 8, 16)) if end - at - 1 < 2 ** size)
            bits += '1' + f'{which:02b}' + f'{end - at - 1:0{(3, 4, 8, 16)[which]}b}' + f'{values[at]:08b}'
            at = end
        bits += '0' * (-len(bits) % 8)
        return [int(bits[i:i + 8], 2) for i in range(0, len(bits), 8)]

    whole = np.round(a).astype(int)
    with_rois = io.BytesIO()
    import zipfile
    square = roifile.ImagejRoi.frompoints(whole, name='one')
    fine = roifile.ImagejRoi.frompoints(b.astype('f4'), name='two')
    with zipfile.ZipFile(with_rois, 'w') as archive:
        archive.writestr('one.roi', square.tobytes())
        archive.writestr('two.roi', fine.tobytes())
    box = roifile.ImagejRoi()
    box.roitype, box.top, box.left, box.bottom, box.right = roifile.ROI_TYPE.RECT, 4, 6, 12, 19
    boxed = np.zeros((h, w), bool)
    boxed[4:12, 6:19] = True
    points = lambda ring: ';'.join(f'{px},{py}' for px, py in ring)
    feature = lambda kind, coordinates, name: {'type': 'Feature', 'id': 'x', 'geometry': {'type': kind, 'coordinates': coordinates}, 'properties': {'objectType': 'annotation', 'classification': {'name': name, 'color': [1, 2, 3]}}}
    close = lambda ring: ring.tolist() + [ring[0].tolist()]
    cases = {
        'LabelMe': ('x.json', json.dumps({'version': '5.4.1', 'imagePath': '..\\pictures\\x.png', 'imageHeight': h, 'imageWidth': w, 'imageData': None, 'shapes': [
            {'label': 'cell', 'points': a.tolist(), 'shape_type': 'polygon'}, {'label': 'debris', 'points': b.tolist(), 'shape_type': 'polygon'},
            {'label': 'cell', 'points': [[1, 1], [9, 9]], 'shape_type': 'rectangle'}]}), inside(a) | inside(b)),
        'COCO, polygons': ('instances.json', json.dumps({'images': [{'id': 7, 'file_name': 'x.png', 'width': w, 'height': h}], 'categories': [{'id': 3, 'name': 'cell'}], 'annotations': [
            {'id': 1, 'image_id': 7, 'category_id': 3, 'iscrowd': 0, 'segmentation': [a.ravel().tolist(), c.ravel().tolist()]}]}), inside(a) | inside(c)),
        'COCO, packed run lengths': ('instances.json', json.dumps({'images': [{'id': 7, 'file_name': 'x.png', 'width': w, 'height': h}], 'categories': [{'id': 3, 'name': 'cell'}], 'annotations': [
            {'id': 1, 'image_id': 7, 'category_id': 3, 'iscrowd': 0, 'segmentation': {'size': [h, w], 'counts': packed['counts'].decode()}}]}), blob),
        'COCO, run lengths': ('instances.json', json.dumps({'images': [{'id': 7, 'file_name': 'x.png', 'width': w, 'height': h}], 'categories': [{'id': 3, 'name': 'cell'}], 'annotations': [
            {'id': 1, 'image_id': 7, 'category_id': 3, 'iscrowd': 0, 'segmentation': {'size': [h, w], 'counts': counts}}]}), blob),
        'Label Studio': ('project.json', json.dumps([{'id': 1, 'data': {'image': '/data/upload/1/3f2a1b9c-x.png'}, 'annotations': [{'was_cancelled': False, 'result': [
            {'original_width': w, 'original_height': h, 'type': 'polygonlabels', 'value': {'points': [[px / w * 100, py / h * 100] for px, py in a.tolist()], 'polygonlabels': ['cell']}},
            {'original_width': w, 'original_height': h, 'type': 'brushlabels', 'value': {'format': 'rle', 'rle': brush(cvat_mask), 'brushlabels': ['cell']}},
            {'original_width': w, 'original_height': h, 'type': 'rectanglelabels', 'value': {'x': 1, 'y': 1, 'width': 5, 'height': 5, 'rectanglelabels': ['cell']}}]}]}]), inside(a) | cvat_mask),
        'QuPath': ('x.geojson', json.dumps({'type': 'FeatureCollection', 'features': [feature('Polygon', [close(a), close(hole)], 'Tumor'), feature('MultiPolygon', [[close(b)], [close(c)]], 'Stroma')]}), (inside(a) ^ inside(hole)) | inside(b) | inside(c)),
        'ImageJ, a set': ('x_RoiSet.zip', with_rois.getvalue(), inside(whole - [1e-7, 0]) | inside(b.astype('f4'))),
        'ImageJ, a rectangle': ('x.roi', box.tobytes(), boxed),
        'CVAT': ('annotations.xml', '<?xml version="1.0"?><annotations><version>1.1</version><image id="0" name="x.png" width="%d" height="%d">'
            '<polygon label="cell" source="manual" occluded="0" points="%s" z_order="0"></polygon>'
            '<mask label="cell" rle="%s" left="20" top="10" width="5" height="6" z_order="0"></mask>'
            '<box label="cell" xtl="1" ytl="1" xbr="5" ybr="5" z_order="0"></box></image></annotations>' % (w, h, points(c), ', '.join(map(str, runs))), inside(c) | cvat_mask),
    }
    return [{'name': name, 'file': file, 'bytes': text(data if isinstance(data, bytes) else data.encode()), 'width': w, 'height': h, 'mask': pack(mask)} for name, (file, data, mask) in cases.items()]


reference = {'annotations': annotations(), 'dicom': [entry(name, data) for name, data in dicom.items()], 'nifti': volumes(), 'segmentation': patients(segmentation), 'structures': patients(structures)}
with open(os.path.join(os.path.dirname(__file__), 'reference.json'), 'w') as file:
    json.dump(reference, file, indent=1)
    file.write('\n')
print(len(reference['dicom']), 'DICOM files,', len(reference['nifti']), 'volumes')
