/**
 * Reads messages of PostgreSQL's own output plugin, protocol version 1, as far as a publication of inserts
 * sends them: https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html
 */

/** A row that was inserted, as text by column, and the transaction that did. */
export type Insert = { xid: number; table: string; row: Readonly<Record<string, string | null>> };

type Relation = { table: string; columns: string[] };

class Reader {
  #at = 0;
  constructor(private readonly bytes: Buffer) {}

  kind(): string {
    return String.fromCharCode(this.int8());
  }
  int8(): number {
    this.#at += 1;
    return this.bytes.readUInt8(this.#at - 1);
  }
  int16(): number {
    this.#at += 2;
    return this.bytes.readUInt16BE(this.#at - 2);
  }
  int32(): number {
    this.#at += 4;
    return this.bytes.readUInt32BE(this.#at - 4);
  }
  skip(bytes: number): void {
    this.#at += bytes;
  }
  text(length: number): string {
    this.#at += length;
    return this.bytes.toString('utf8', this.#at - length, this.#at);
  }
  /** Up to the zero behind it. */
  name(): string {
    const end = this.bytes.indexOf(0, this.#at);
    const name = this.text(end - this.#at);
    this.#at += 1;
    return name;
  }
}

function readRelation(from: Reader): [id: number, relation: Relation] {
  const id = from.int32();
  const table = `${from.name()}.${from.name()}`;
  from.int8();
  const columns = Array.from({ length: from.int16() }, () => {
    from.int8();
    const column = from.name();
    from.skip(8);
    return column;
  });
  return [id, { table, columns }];
}

function readCell(from: Reader): string | null {
  const kind = from.kind();
  if (kind === 'n') return null;
  if (kind !== 't') throw new Error(`a value of kind ${kind} in an insert`);
  return from.text(from.int32());
}

/** The inserts in the order of their commits; each connection sends a table's columns before its first row. */
export function readPgoutput(messages: readonly Buffer[]): Insert[] {
  const relations = new Map<number, Relation>();
  const inserts: Insert[] = [];
  let xid = 0;
  for (const message of messages) {
    const from = new Reader(message);
    const kind = from.kind();
    if (kind === 'B') {
      from.skip(16);
      xid = from.int32();
    } else if (kind === 'R') {
      relations.set(...readRelation(from));
    } else if (kind === 'I') {
      const relation = relations.get(from.int32());
      if (!relation || from.kind() !== 'N') throw new Error('an insert into an unknown table');
      const cells = Array.from({ length: from.int16() }, () => readCell(from));
      const row = Object.fromEntries(relation.columns.map((name, n) => [name, cells[n] ?? null]));
      inserts.push({ xid, table: relation.table, row });
    } else if (kind !== 'C') {
      throw new Error(`a message of kind ${kind}, though inserts alone are published`);
    }
  }
  return inserts;
}
