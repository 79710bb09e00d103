/** What the names of images that are read end with, without the dot. */
export const READABLE_EXTENSIONS: readonly string[] = [
  ...['png', 'jpg', 'jpeg', 'jpe', 'jfif', 'webp', 'tif', 'tiff', 'gif', 'bmp', 'dib'],
  ...['nii', 'nii.gz', 'dcm', 'dicom', 'ima'],
];
