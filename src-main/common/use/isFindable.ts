/** Whether all that is to be cited has a DOI or an address. */
export function isFindable({
  cite,
}: {
  readonly cite: readonly { readonly doi?: string | undefined; readonly url?: string | undefined }[];
}): boolean {
  return cite.every(({ doi, url }) => doi !== undefined || url !== undefined);
}
