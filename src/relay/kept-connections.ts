import http from 'node:http';
import https from 'node:https';

/** A free connection is kept for so long, less than servers do that keep theirs for five seconds. */
const KEPT_MS = 4_000;
/** More places than there are webhooks. */
const MOST = 200;

/**
 * Connections that the next message to the same server goes over. One counts as the same only if its name
 * leads to the very same addresses still, so that a look at them is worth as much as before a new one.
 */
export class KeptConnections {
  readonly #agents = new Map<string, http.Agent>();

  agentFor({ origin, protocol }: URL, addresses: readonly string[]): http.Agent {
    const place = [origin, ...[...addresses].sort()].join(' ');
    const { Agent } = protocol === 'https:' ? https : http;
    const agent =
      this.#agents.get(place) ??
      new Agent({ keepAlive: true, maxFreeSockets: 2, timeout: KEPT_MS });
    // In the order of use: the one that rested longest goes.
    this.#agents.delete(place);
    this.#agents.set(place, agent);
    const [oldest] = this.#agents;
    if (this.#agents.size > MOST && oldest) {
      oldest[1].destroy();
      this.#agents.delete(oldest[0]);
    }
    return agent;
  }

  close(): void {
    for (const agent of this.#agents.values()) agent.destroy();
    this.#agents.clear();
  }
}
