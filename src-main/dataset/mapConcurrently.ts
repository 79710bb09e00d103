/**
 * Maps items with at most `limit` at work at a time, so that memory is bounded by the limit and not by the list.
 * Results keep the order of the items. The first failure stops the start of further items and is thrown.
 */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results = new Map<number, Result>();
  let next = 0;
  let failed = false;
  const takeTurns = async (): Promise<void> => {
    while (!failed && next < items.length) {
      const index = next;
      next += 1;
      const item = items[index] as Item;
      try {
        results.set(index, await work(item, index));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, takeTurns));
  return items.map((_, index) => results.get(index) as Result);
}
