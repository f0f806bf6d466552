import type { Backend } from './backend';
import type { Client } from './client';
import { textRows } from './protocol';
import type { Unit } from './units';

const CHANGES_SESSION = new RegExp(
  [
    String.raw`(?:^|;)\s*(?:set\s+(?!local\b|transaction\b|constraints\b)|reset\s|discard\s)`,
    String.raw`\bset_config\s*\([^)]*,\s*(?!true\b)[^,)]*\)`,
  ].join('|'),
  'i',
);
const CHANGED = `select name, setting from pg_settings where source = 'session'`;

/**
 * Keeps what one client SET away from the others, who share its session: it is put back when the
 * client is served again. Only clients that SET something pay for it. Roles and custom settings
 * (`app.x`) do not come back: set those in a transaction.
 */
export class SessionSettings {
  #inForce: Client | null = null;
  readonly #put = new WeakMap<Client, [name: string, value: string][]>();

  /** To be called before a client's work while nobody is inside a transaction. */
  enter(client: Client, backend: Backend): void {
    if (this.#inForce === client) return;
    if (this.#inForce) {
      this.#put.set(this.#inForce, changedSettings(backend));
      this.#reset(backend);
    }
    const put = this.#put.get(client);
    if (!put || put.length === 0) return;
    const calls = put.map(([name, value]) => `set_config(${quote(name)}, ${quote(value)}, false)`);
    backend.sql(`select ${calls.join(', ')}`);
    this.#inForce = client;
  }

  /** To be called with each unit that a client runs. */
  note(client: Client, unit: Unit): void {
    if (unit.frames.some(changesSession)) this.#inForce = client;
  }

  leave(client: Client, backend: Backend): void {
    if (this.#inForce === client) this.#reset(backend);
  }

  #reset(backend: Backend): void {
    backend.sql('reset all');
    backend.sql('reset session authorization');
    backend.sql('reset role');
    this.#inForce = null;
  }
}

function changesSession(frame: Buffer): boolean {
  const type = frame.toString('latin1', 0, 1);
  if (type !== 'Q' && type !== 'P') return false;
  const sql = frame.indexOf(0, 5) + 1;
  return CHANGES_SESSION.test(frame.toString('latin1', type === 'Q' ? 5 : sql));
}

const changedSettings = (backend: Backend): [string, string][] =>
  textRows(backend.sql(CHANGED)).map(([name, value]) => [name ?? '', value ?? '']);

const quote = (text: string): string =>
  ` E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
