import { Agent, request } from 'node:http';

const MOST_CONNECTIONS = 512;
const agent = new Agent({ keepAlive: true, maxSockets: MOST_CONNECTIONS });

/** Posts JSON to this machine, over connections that are kept; the answer's text, whatever its status. */
export function postJson(
  to: { port: number; path: string },
  cookie: string | null,
  value: object,
): Promise<string> {
  const body = JSON.stringify(value);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(cookie ? { cookie } : {}),
  };
  return new Promise((resolve, reject) => {
    const asked = request(
      { ...to, host: '127.0.0.1', method: 'POST', agent, headers },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          text += piece;
        });
        response.on('end', () => resolve(text));
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}
