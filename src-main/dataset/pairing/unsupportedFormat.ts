import type { Finding } from '#common/dataset/dataset.ts';

/** Where what is not read comes from, and what it can be saved as there. */
const REMEDIES: readonly (readonly [name: RegExp, remedy: string])[] = [
  [/_seg\.npy$/i, 'In Cellpose, choose File > Save masks as PNG/TIF.'],
  [/\.np[yz]$/i, 'Save the array as TIFF, in Python with tifffile.imwrite("x.tif", array).'],
  [/\.(seg\.nrrd|nrrd|mha|mhd)$/i, 'Save it as NIfTI (.nii.gz), which 3D Slicer and ITK-SNAP do.'],
  [
    /\.(h5|hdf5|ims)$/i,
    'Export it as TIFF: in ilastik under "Choose Export Image Settings", otherwise with Fiji.',
  ],
  [/\.(svs|ndpi|mrxs|scn|vsi)$/i, 'Export regions or tiles of the slide as TIFF or PNG with QuPath.'],
  [/\.(czi|lif|lsm|nd2|oib|oif)$/i, 'Save it as OME-TIFF with Fiji (Bio-Formats).'],
  [
    /\.(gz|bz2|xz)$/i,
    'Unpack it. PNG, JPEG, WebP, TIFF, GIF, BMP, NIfTI and DICOM are read; convert others to PNG or TIFF.',
  ],
  [/\.(zarr|n5)$/i, 'Save it as TIFF: in napari with File > Save Selected Layers, or with Fiji.'],
  [/\.mat$/i, 'Save it as PNG or TIFF, in MATLAB with imwrite.'],
];

/** An image file of a format that is not read. */
export function unsupportedFormat(file: string): Finding {
  const [, remedy] = REMEDIES.find(([name]) => name.test(file)) ?? [];
  return {
    severity: 'warning',
    code: 'unsupported-format',
    file,
    problem: 'This format is not read.',
    remedy: remedy ?? 'Convert it to PNG or TIFF; PNG, JPEG, WebP, TIFF, GIF, BMP, NIfTI and DICOM are read.',
  };
}
