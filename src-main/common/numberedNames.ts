/**
 * Names with the number of equal ones before each: what tells images of one name apart, such as "slice1" of every patient's folder, in lists of one
 * order.
 */
export function numberedNames(named: readonly { readonly name: string }[]): string[] {
  const seen = new Map<string, number>();
  return named.map(({ name }) => {
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return `${before} ${name}`;
  });
}
