import { build, type Plugin } from 'esbuild';
import { describe, expect, it } from 'vitest';

/**
 * What could run on an edge runtime is bundled for one (workerd), where there are web APIs, the runtime's
 * own sockets, and what postgres.js takes of Node's in its build for it. Everything else fails here.
 */
const DRIVER = /node_modules\/postgres\/cf\//;
const OF_THE_RUNTIME = ['cloudflare:sockets', 'node:buffer', 'node:events', 'node:stream'];
/** Native code: where passwords are checked or made, the procedures need Node. */
const PASSWORDS = '@node-rs/argon2';

const runtime: Plugin = {
  name: 'runtime',
  setup({ onResolve }) {
    onResolve({ filter: /^(node|cloudflare):/ }, ({ path, importer }) =>
      DRIVER.test(importer) && OF_THE_RUNTIME.includes(path)
        ? { path, external: true }
        : { errors: [{ text: `${importer} needs ${path}` }] },
    );
  },
};

type Failure = { errors: { text: string }[] };

/** What stands in the way of these modules. */
async function inTheWayOf(...modules: string[]): Promise<string[]> {
  const { errors } = await build({
    stdin: {
      contents: modules.map((path, n) => `export * as part${n} from '${path}';`).join('\n'),
      resolveDir: '.',
    },
    ...{ bundle: true, write: false, format: 'esm', platform: 'neutral', logLevel: 'silent' },
    mainFields: ['module', 'main'],
    conditions: ['workerd', 'edge-light', 'worker', 'browser', 'import'],
    alias: { '@': './src' },
    external: [PASSWORDS, 'next/headers'],
    plugins: [runtime],
  }).catch((failure: Failure) => failure);
  return errors.map(({ text }) => text);
}

describe('an edge runtime could run', () => {
  it('every procedure over fetch, but for those that check or make a password', async () => {
    const parts = ['@trpc/server/adapters/fetch', '@/api/router', '@/auth/session', '@/db/client'];
    expect(await inTheWayOf(...parts)).toEqual([]);
  });

  it('who may listen to a channel, and what a hint says', async () => {
    expect(await inTheWayOf('@/api/authorise-channel', '@/realtime/publish-hints')).toEqual([]);
  });

  it('the choice of a theme', async () => {
    expect(await inTheWayOf('@/app/api/theme/route')).toEqual([]);
  });
});

it('an edge runtime could not send to Pusher with its library, nor mail', async () => {
  expect(await inTheWayOf('@/relay/pusher-channels')).not.toEqual([]);
  expect(await inTheWayOf('@/relay/email')).not.toEqual([]);
});
