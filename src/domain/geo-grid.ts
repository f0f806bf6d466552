import { EARTH_RADIUS_M, type GeoPoint } from './geo';

export type Near = { id: string; distanceM: number };

const METRES_PER_DEGREE = (EARTH_RADIUS_M * Math.PI) / 180;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;
/** Degrees east of the date line, 0 to 360. */
const turned = (lng: number): number => (((lng + 180) % 360) + 360) % 360;
/** Bounds give way by this much, so that rounding never hides a neighbour. */
const SLACK = 1 + 1e-9;
const NONE = -1;
/** Rows are numbered apart by more than any row has columns. */
const ROW_STRIDE = 65_536;
const FIRST_SIZE = 1_024;

/**
 * Points by id in cells of about the same size everywhere: rows of latitude, each divided into as many
 * columns as its circle is long, so that high latitudes and the date line are nothing special. Finds the
 * nearest exactly, by great-circle distance on the same sphere as PostGIS's `<->`.
 */
export class GeoGrid {
  readonly #rows: number;
  readonly #rowDegrees: number;
  readonly #columns: Int32Array;
  readonly #slots = new Map<string, number>();
  #ids: string[] = [];
  #free: number[] = [];
  /** Unit vectors, three numbers a slot. */
  #xyz = new Float64Array(FIRST_SIZE * 3);
  /** Numbers of cells outgrow 32 bits where cells are small. */
  #cell = new Float64Array(FIRST_SIZE).fill(NONE);
  /** Members of a cell are a list through these. */
  #next = new Int32Array(FIRST_SIZE).fill(NONE);
  #before = new Int32Array(FIRST_SIZE).fill(NONE);
  readonly #first = new Map<number, number>();

  constructor(cellMeters = 700) {
    this.#rows = Math.max(1, Math.floor((180 * METRES_PER_DEGREE) / cellMeters));
    this.#rowDegrees = 180 / this.#rows;
    this.#columns = Int32Array.from({ length: this.#rows }, (_, row) => {
      const lat = -90 + (row + 0.5) * this.#rowDegrees;
      const circleM = 360 * METRES_PER_DEGREE * Math.cos(radians(lat));
      return Math.max(1, Math.min(ROW_STRIDE - 1, Math.floor(circleM / cellMeters)));
    });
  }

  get size(): number {
    return this.#slots.size;
  }

  has(id: string): boolean {
    return this.#slots.has(id);
  }

  ids(): IterableIterator<string> {
    return this.#slots.keys();
  }

  /** Inserts a point, or moves the one with this id. */
  set(id: string, at: GeoPoint): void {
    let slot = this.#slots.get(id);
    if (slot === undefined) {
      slot = this.#free.pop() ?? this.#ids.length;
      if (slot * 3 >= this.#xyz.length) this.#grow();
      this.#slots.set(id, slot);
      this.#ids[slot] = id;
      this.#cell[slot] = NONE;
    }
    const [lat, lng] = [radians(at.lat), radians(at.lng)];
    const ring = Math.cos(lat);
    this.#xyz[slot * 3] = ring * Math.cos(lng);
    this.#xyz[slot * 3 + 1] = ring * Math.sin(lng);
    this.#xyz[slot * 3 + 2] = Math.sin(lat);
    const row = this.#rowOf(at.lat);
    const cell = row * ROW_STRIDE + this.#columnOf(row, at.lng);
    if (this.#cell[slot] === cell) return;
    this.#unlink(slot);
    this.#link(slot, cell);
  }

  remove(id: string): boolean {
    const slot = this.#slots.get(id);
    if (slot === undefined) return false;
    this.#unlink(slot);
    this.#slots.delete(id);
    this.#free.push(slot);
    return true;
  }

  /** The `limit` nearest within `radiusM`, nearest first; of equally near ones by id. */
  nearest(at: GeoPoint, limit: number, radiusM: number): Near[] {
    if (limit < 1) return [];
    const search = new Search(at, limit, radiusM, this.#xyz, this.#ids);
    const home = this.#rowOf(at.lat);
    let visited = 0;
    for (let ring = 0; ; ring += 1) {
      search.tighten();
      let touched = false;
      const [low, high] = [Math.max(0, home - ring), Math.min(this.#rows - 1, home + ring)];
      for (let row = low; row <= high; row += 1) {
        if (this.#rowGapRadians(row, at.lat) > search.reach) continue;
        const edge = row === home - ring || row === home + ring;
        const columns = this.#columns[row] ?? 1;
        const [west, east] = [(columns - 1) >> 1, columns >> 1];
        const own = this.#columnOf(row, at.lng);
        // Whole rows at the edge of the ring, else what the ring adds at either end.
        for (let step = edge ? -Math.min(ring, west) : -ring; step <= ring; step += 1) {
          if (!edge && step > -ring && step < ring) step = ring;
          if (step < -west || step > east) continue;
          if (this.#columnGapRadians(columns, own, step, at.lng) > search.reachLng) continue;
          touched = true;
          visited += 1;
          const column = (own + step + columns) % columns;
          this.#scan(row * ROW_STRIDE + column, search);
        }
      }
      // Every further cell lies behind one that is out of reach.
      if (!touched) return search.result();
      // Few points far apart: looking at each is less than looking at all the empty cells between.
      if (visited > 64 + this.#slots.size) return this.#scanAll(at, limit, radiusM);
    }
  }

  #scan(cell: number, search: Search): void {
    search.considerAll(this.#first.get(cell) ?? NONE, this.#next);
  }

  #scanAll(at: GeoPoint, limit: number, radiusM: number): Near[] {
    const search = new Search(at, limit, radiusM, this.#xyz, this.#ids);
    for (const slot of this.#slots.values()) search.consider(slot);
    return search.result();
  }

  #rowOf(lat: number): number {
    return Math.min(this.#rows - 1, Math.max(0, Math.floor((lat + 90) / this.#rowDegrees)));
  }

  #columnOf(row: number, lng: number): number {
    const columns = this.#columns[row] ?? 1;
    return Math.min(columns - 1, Math.floor((turned(lng) / 360) * columns));
  }

  /** How far a row is from a latitude, radians. */
  #rowGapRadians(row: number, lat: number): number {
    const south = -90 + row * this.#rowDegrees;
    return radians(Math.max(0, south - lat, lat - south - this.#rowDegrees));
  }

  /** How far, in longitude, a column `step` columns from one's own is away, radians. */
  #columnGapRadians(columns: number, own: number, step: number, lng: number): number {
    if (step === 0) return 0;
    const width = 360 / columns;
    const within = turned(lng) - own * width;
    const eastward = (step + columns) % columns;
    const gap = Math.min(eastward * width - within, (columns - 1 - eastward) * width + within);
    return radians(Math.max(0, gap));
  }

  #link(slot: number, cell: number): void {
    const head = this.#first.get(cell) ?? NONE;
    this.#cell[slot] = cell;
    this.#before[slot] = NONE;
    this.#next[slot] = head;
    if (head !== NONE) this.#before[head] = slot;
    this.#first.set(cell, slot);
  }

  #unlink(slot: number): void {
    const cell = this.#cell[slot] ?? NONE;
    if (cell === NONE) return;
    const [before, next] = [this.#before[slot] ?? NONE, this.#next[slot] ?? NONE];
    if (next !== NONE) this.#before[next] = before;
    if (before !== NONE) this.#next[before] = next;
    else if (next !== NONE) this.#first.set(cell, next);
    else this.#first.delete(cell);
    this.#cell[slot] = NONE;
  }

  #grow(): void {
    const larger = (old: Int32Array) => {
      const grown = new Int32Array(old.length * 2).fill(NONE);
      grown.set(old);
      return grown;
    };
    const xyz = new Float64Array(this.#xyz.length * 2);
    xyz.set(this.#xyz);
    this.#xyz = xyz;
    const cell = new Float64Array(this.#cell.length * 2).fill(NONE);
    cell.set(this.#cell);
    this.#cell = cell;
    this.#next = larger(this.#next);
    this.#before = larger(this.#before);
  }
}

/** The best so far, by the square of the chord: no trigonometry for each point. */
class Search {
  /** How far the search still reaches: as an angle, and as a difference of longitude from here. */
  reach = Math.PI;
  reachLng = Math.PI;
  readonly #slots: Int32Array;
  readonly #chords: Float64Array;
  #count = 0;
  readonly #x: number;
  readonly #y: number;
  readonly #z: number;
  readonly #ring: number;
  /** The square of the chord beyond which nothing counts any more. */
  #bound: number;

  constructor(
    at: GeoPoint,
    private readonly limit: number,
    radiusM: number,
    private readonly xyz: Float64Array,
    private readonly ids: readonly string[],
  ) {
    const [lat, lng] = [radians(at.lat), radians(at.lng)];
    this.#slots = new Int32Array(limit);
    this.#chords = new Float64Array(limit);
    this.#ring = Math.cos(lat);
    this.#x = this.#ring * Math.cos(lng);
    this.#y = this.#ring * Math.sin(lng);
    this.#z = Math.sin(lat);
    const half = Math.min(Math.PI, Math.max(0, radiusM) / EARTH_RADIUS_M) / 2;
    this.#bound = 4 * Math.sin(half) ** 2;
  }

  tighten(): void {
    this.reach = 2 * Math.asin(Math.min(1, Math.sqrt(this.#bound) / 2)) * SLACK + 1e-12;
    const sine = this.reach < Math.PI / 2 ? Math.sin(this.reach) : 1;
    // A meridian is as far away as the sine of its angle, seen along one's own circle.
    this.reachLng = sine >= this.#ring ? Math.PI : Math.asin(sine / this.#ring) * SLACK + 1e-12;
  }

  consider(slot: number): void {
    const { xyz } = this;
    const dx = (xyz[slot * 3] ?? 0) - this.#x;
    const dy = (xyz[slot * 3 + 1] ?? 0) - this.#y;
    const dz = (xyz[slot * 3 + 2] ?? 0) - this.#z;
    const chord = dx * dx + dy * dy + dz * dz;
    if (chord <= this.#bound) this.#take(slot, chord);
  }

  /** `first`, and those behind it in its list. Reads its own fields once, which is most of what looking at one costs. */
  considerAll(first: number, next: Int32Array): void {
    const { xyz } = this;
    const [x, y, z] = [this.#x, this.#y, this.#z];
    let bound = this.#bound;
    for (let slot = first; slot !== NONE; slot = next[slot] ?? NONE) {
      const dx = (xyz[slot * 3] ?? 0) - x;
      const dy = (xyz[slot * 3 + 1] ?? 0) - y;
      const dz = (xyz[slot * 3 + 2] ?? 0) - z;
      const chord = dx * dx + dy * dy + dz * dz;
      if (chord > bound) continue;
      this.#take(slot, chord);
      bound = this.#bound;
    }
  }

  #take(slot: number, chord: number): void {
    const chords = this.#chords;
    const slots = this.#slots;
    const full = this.#count === this.limit;
    let place = full ? this.limit - 1 : this.#count;
    if (full && !this.#comesBefore(chord, slot, place)) return;
    for (; place > 0 && this.#comesBefore(chord, slot, place - 1); place -= 1) {
      chords[place] = chords[place - 1] ?? 0;
      slots[place] = slots[place - 1] ?? 0;
    }
    chords[place] = chord;
    slots[place] = slot;
    if (!full) this.#count += 1;
    if (this.#count === this.limit) this.#bound = chords[this.limit - 1] ?? 0;
  }

  #comesBefore(chord: number, slot: number, place: number): boolean {
    const other = this.#chords[place] ?? 0;
    if (chord !== other) return chord < other;
    return (this.ids[slot] ?? '') < (this.ids[this.#slots[place] ?? 0] ?? '');
  }

  result(): Near[] {
    const found: Near[] = [];
    for (let n = 0; n < this.#count; n += 1) {
      const half = Math.min(1, Math.sqrt(this.#chords[n] ?? 0) / 2);
      const id = this.ids[this.#slots[n] ?? 0] ?? '';
      found.push({ id, distanceM: 2 * EARTH_RADIUS_M * Math.asin(half) });
    }
    return found;
  }
}
