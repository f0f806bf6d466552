import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** As `npm start` and the image start the server. */
export const NODE = ['--max-semi-space-size=64', '--import', 'tsx'];
const READY = /Hotfoot is ready: (\S+)/;

export type RunningServer = { url: string; pid: number; stop(): Promise<void> };

/**
 * Starts the built app on this database, on a free port of loopback unless one is given; its files lie in
 * `dataDir`.
 */
export async function startServer(
  databaseUrl: string,
  secret: string,
  dataDir: string,
  { port = 0, publicUrl }: { port?: number; publicUrl?: string } = {},
): Promise<RunningServer> {
  const server = spawn(process.execPath, [...NODE, 'src/server/main.ts'], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      AUTH_SECRET: secret,
      DATA_DIR: dataDir,
      DEMO: 'off',
      PORT: `${port}`,
      ...(publicUrl ? { PUBLIC_URL: publicUrl } : {}),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'warn',
      // Receivers of webhooks in the journeys are on loopback.
      WEBHOOK_ALLOW_PRIVATE: 'on',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => server.once('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: server.stdout }).on('line', (line) => {
      const found = READY.exec(line)?.[1];
      if (found) resolve(found);
      else if (line.startsWith('{')) console.log(line);
    });
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return {
    url,
    pid: server.pid ?? 0,
    async stop() {
      server.kill('SIGTERM');
      await exited;
    },
  };
}
