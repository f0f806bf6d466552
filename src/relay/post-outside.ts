import { lookup } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { KeptConnections } from './kept-connections';
import { beforeEnd } from './outside';
import { isPublicAddress } from './public-address';

/** No more of an answer is read, bytes; and of what was read so many characters are kept. */
const MOST_READ = 64 * 1_024;
const KEPT = 1_000;
/** Once its status is known, an answer gets so long to come, milliseconds. */
const READING_MS = 2_000;

type Address = { address: string; family: number };
/** Every address of a host. */
export type LookUp = (host: string) => Promise<Address[]>;
export const lookUpByDns: LookUp = (host) => lookup(host, { all: true });

export type OutsideAnswer =
  | { status: number; text: string; retryAfter: string | undefined; location: string | undefined }
  | { error: string };

type Agent = http.Agent | false;

type Post = {
  body: string;
  headers: Record<string, string>;
  allowPrivate: boolean;
  lookUp: LookUp;
  kept: KeptConnections;
  /** Ends everything: looking up, connecting, waiting, reading. */
  signal: AbortSignal;
};

/** Every address behind the host; an error for one that is not public, so that none can hide among others. */
async function resolve(
  url: URL,
  { allowPrivate, lookUp, signal }: Post,
): Promise<Address[] | string> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const found = family
    ? [{ address: host, family }]
    : await beforeEnd(lookUp(host), signal).catch((error: NodeJS.ErrnoException) =>
        error.code === 'ENOTFOUND' ? 'There is no such host.' : error.message,
      );
  if (typeof found === 'string') return found;
  if (found.length === 0) return 'There is no such host.';
  const foreign = found.find(({ address }) => !isPublicAddress(address));
  if (foreign && !allowPrivate)
    return `It leads to ${foreign.address}, which is no public address.`;
  return found;
}

/** Hands the connection the addresses that were looked at, and no others. */
const pinned =
  (addresses: readonly Address[]): LookupFunction =>
  (_host, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else if (first) callback(null, first.address, first.family);
  };

/** What comes of an answer, and whether that was all of it. */
function readAnswer(response: http.IncomingMessage): Promise<{ text: string; whole: boolean }> {
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    let read = 0;
    const finish = () => {
      clearTimeout(timer);
      // Neither a cut character nor a zero is kept: PostgreSQL stores no zeros.
      const text = Buffer.concat(chunks).toString('utf8').replaceAll('\0', '').slice(0, KEPT);
      done({ text, whole: response.complete });
    };
    const timer = setTimeout(finish, READING_MS);
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk.subarray(0, MOST_READ - read));
      read += chunk.length;
      if (read >= MOST_READ) finish();
    });
    response.once('end', finish).once('error', finish).once('close', finish);
  });
}

const WENT: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);

type Sent = OutsideAnswer | 'stale';

/** `stale`: the connection was kept, and had been closed by the other side before we used it. */
function send(url: URL, post: Post, addresses: readonly Address[], agent: Agent): Promise<Sent> {
  return new Promise((done) => {
    const { request } = url.protocol === 'https:' ? https : http;
    const call = request(url, {
      method: 'POST',
      headers: { ...post.headers, 'content-length': Buffer.byteLength(post.body) },
      lookup: pinned(addresses),
      agent,
      signal: post.signal,
      maxHeaderSize: 16 * 1_024,
    });
    call.once('error', (error: NodeJS.ErrnoException) => {
      const stale = call.reusedSocket && WENT.has(error.code ?? '');
      const message = error.name === 'AbortError' ? 'No answer in time.' : error.message;
      done(stale ? 'stale' : { error: message });
    });
    call.once('response', (response) => {
      const { 'retry-after': retryAfter, location } = response.headers;
      void readAnswer(response).then(({ text, whole }) => {
        // What is still to come would stand before the next answer.
        if (!whole) call.destroy();
        done({ status: response.statusCode ?? 0, text, retryAfter, location });
      });
    });
    call.end(post.body);
  });
}

/** One POST to somebody’s server that may be hostile: no redirects, no private addresses, no end that it could put off. */
export async function postOutside(url: URL, post: Post): Promise<OutsideAnswer> {
  const addresses = await resolve(url, post);
  if (typeof addresses === 'string') return { error: addresses };
  const agent = post.kept.agentFor(
    url,
    addresses.map(({ address }) => address),
  );
  const sent = await send(url, post, addresses, agent);
  if (sent !== 'stale') return sent;
  // The message may come twice then: it has an id.
  const again = await send(url, post, addresses, false);
  return again === 'stale' ? { error: 'The connection was closed.' } : again;
}
