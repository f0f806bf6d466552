/** So few that people's requests find room beside them. */
const AT_ONCE = 4;

/**
 * Works on all of these, so many at a time and in their order: who waits for a disk or for somebody else keeps
 * nobody up. One that fails stops no other; the first failure is thrown at the end.
 */
export async function severalAtOnce<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
  atOnce = AT_ONCE,
): Promise<void> {
  const left = items.values();
  const failures: unknown[] = [];
  const worker = async () => {
    for (const item of left) {
      await work(item).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (failures.length > 0) throw failures[0];
}
