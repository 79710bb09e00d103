/** How many of the shown images differ from the training images, as the beginning of a sentence. */
export function unlikeWords(unlike: number, shown: number): string {
  if (shown === 1) return 'This image differs';
  if (unlike === shown) return `All ${shown} of these images differ`;
  return `${unlike} of these ${shown} images ${unlike === 1 ? 'differs' : 'differ'}`;
}
