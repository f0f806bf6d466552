/** A binary heap of integers ordered by a number, smallest first. */
export class MinHeap {
  private readonly items: number[] = [];
  private readonly keys: number[] = [];

  get size(): number {
    return this.items.length;
  }

  clear(): void {
    this.items.length = 0;
    this.keys.length = 0;
  }

  push(item: number, key: number): void {
    let slot = this.items.length;
    while (slot > 0) {
      const parent = (slot - 1) >> 1;
      const parentKey = this.keys[parent] ?? 0;
      if (parentKey <= key) break;
      this.items[slot] = this.items[parent] ?? 0;
      this.keys[slot] = parentKey;
      slot = parent;
    }
    this.items[slot] = item;
    this.keys[slot] = key;
  }

  /** The item with the smallest key, or -1 when empty. */
  pop(): number {
    const top = this.items[0];
    const item = this.items.pop();
    const key = this.keys.pop();
    if (top === undefined || item === undefined || key === undefined) return -1;
    const count = this.items.length;
    if (count === 0) return top;
    let slot = 0;
    for (let child = 1; child < count; child = slot * 2 + 1) {
      const right = child + 1;
      if (right < count && (this.keys[right] ?? 0) < (this.keys[child] ?? 0)) child = right;
      const childKey = this.keys[child] ?? 0;
      if (childKey >= key) break;
      this.items[slot] = this.items[child] ?? 0;
      this.keys[slot] = childKey;
      slot = child;
    }
    this.items[slot] = item;
    this.keys[slot] = key;
    return top;
  }
}
