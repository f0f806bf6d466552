import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { get as getHttps } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './free-port';

const NGINX = '/usr/sbin/nginx';
export const nginxInstalled = (): boolean => spawnSync(NGINX, ['-v']).status === 0;

/** What nginx puts on disk while it passes it on. */
const KINDS = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** A certificate of its own for localhost. */
function certify(folder: string): void {
  const { status, stderr } = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
    ...['-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')],
  ]);
  if (status !== 0) throw new Error(`openssl: ${stderr}`);
}

/** nginx as `deploy/nginx.conf` has it, but for its ports, its certificate and where the nodes are. */
export async function startNginx(nodes: number[], securePort?: number) {
  const folder = mkdtempSync(join(tmpdir(), 'hotfoot-nginx-'));
  const tls = join(folder, 'tls');
  mkdirSync(tls);
  certify(tls);
  const [plain, secure] = [await freePort(), securePort ?? (await freePort())];
  const conf = readFileSync('deploy/nginx.conf', 'utf8')
    .replace(/server app:3000(.*) resolve;/, (_, how: string) =>
      nodes.map((port) => `server 127.0.0.1:${port}${how};`).join('\n'),
    )
    .replaceAll('/etc/nginx/tls', tls)
    .replace(
      /^http \{$/m,
      `http {\n${KINDS.map((kind) => `${kind}_temp_path ${join(folder, kind)};`).join('\n')}`,
    )
    .replaceAll(/listen \[::\].*;/g, '')
    .replace('listen 80;', `listen 127.0.0.1:${plain};`)
    .replace('listen 443 ssl', `listen 127.0.0.1:${secure} ssl`);
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, conf);
  // Files, since nginx opens its outputs by name, which pipes of Node don't have.
  const log = join(folder, 'log');
  const output = openSync(log, 'w');
  const nginx = spawn(
    NGINX,
    ['-c', file, '-p', folder, '-g', `daemon off; pid ${join(folder, 'pid')};`],
    {
      stdio: ['ignore', output, output],
    },
  );
  const ca = readFileSync(join(tls, 'fullchain.pem'), 'utf8');
  const url = `https://localhost:${secure}`;
  while ((await statusOf(url, ca)) === null) {
    if (nginx.exitCode !== null) throw new Error(`nginx: ${readFileSync(log)}`);
    await wait(20);
  }
  return {
    ...{ url, ca, plainUrl: `http://localhost:${plain}` },
    async [Symbol.asyncDispose]() {
      nginx.kill('SIGTERM');
      await once(nginx, 'exit');
      closeSync(output);
      rmSync(folder, { recursive: true });
    },
  };
}

/** What an address behind it answers. */
export const textOf = (url: string, ca: string, headers: Record<string, string>) =>
  new Promise<string>((resolve, reject) => {
    getHttps(url, { ca, headers }, (answer) => resolve(text(answer))).on('error', reject);
  });

/** What `/health` answers behind it; null: nothing yet. */
export const statusOf = (url: string, ca: string) =>
  new Promise<number | null>((resolve) => {
    getHttps(`${url}/health`, { ca }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? null);
    }).on('error', () => resolve(null));
  });
