import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { trace } from '@opentelemetry/api';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { key, orderOf } from '@/services/testing';
import { startTracing } from '@/telemetry/start';
import { startServer, TRPC_PATH, tokenOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

/** What we read of OTLP's JSON. */
const Sent = z.object({
  resourceSpans: z.array(
    z.object({
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
              attributes: z.array(
                z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) }),
              ),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** An OpenTelemetry collector, as far as one is needed. */
async function startCollector() {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    bodies.push(body);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    text: () => bodies.join('\n'),
    spans: () =>
      bodies
        .flatMap((body) => Sent.parse(JSON.parse(body)).resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
        .map(({ attributes, ...span }) => ({
          ...span,
          about: Object.fromEntries(
            attributes.map(({ key: name, value }) => [name, Object.values(value)[0]]),
          ),
        })),
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const OUTSIDE = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

it('an order is one trace: the request, the call with its order, the statements; nothing of the customer', async () => {
  await using collector = await startCollector();
  const tracing = await startTracing(collector.url, 'node');
  const town = await makeTown(db());
  let orderId: string;
  {
    await using server = await startServer(database);
    const token = await tokenOf(db(), town.customer);
    const answer = await fetch(`${server.url}${TRPC_PATH}/orders.place`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        traceparent: `00-${OUTSIDE.traceId}-${OUTSIDE.spanId}-01`,
        'x-request-id': 'order-of-ours',
      },
      body: JSON.stringify({
        ...key(),
        ...orderOf(town, { dropoffAddress: '77 Marigold Crescent' }),
      }),
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-request-id')).toBe('order-of-ours');
    orderId = z
      .object({ result: z.object({ data: z.object({ orderId: z.uuid() }) }) })
      .parse(await answer.json()).result.data.orderId;
  }
  const nexts = trace.getTracer('next.js').startSpan('GET /s/3fK9vQ2mZx81LpWc');
  nexts.setAttribute('http.target', '/s/3fK9vQ2mZx81LpWc').recordException(new Error('Zenobia'));
  nexts.end();
  await tracing.stop();

  const spans = collector.spans();
  const ours = spans.filter(({ traceId }) => traceId === OUTSIDE.traceId);
  const request = ours.find(({ name }) => name === 'POST orders.place');
  expect(request?.parentSpanId).toBe(OUTSIDE.spanId);
  expect(request?.about['http.response.status_code']).toBe(200);
  const call = ours.find(({ name }) => name === 'orders.place');
  expect(call?.parentSpanId).toBe(request?.spanId);
  expect(call?.about).toMatchObject({
    'hotfoot.order_id': orderId,
    'hotfoot.request_id': 'order-of-ours',
    'hotfoot.outcome': 'ok',
  });
  const statements = ours.filter(({ about }) => about['db.system.name'] === 'postgresql');
  expect(statements.map(({ about }) => about['db.query.text']).join('\n')).toContain('"orders"');
  expect(new Set(statements.map(({ parentSpanId }) => parentSpanId))).toEqual(
    new Set([call?.spanId]),
  );
  expect(spans.some(({ name }) => name === 'round dispatch')).toBe(true);
  expect(spans.some(({ name }) => name === 'GET /s/‹token›')).toBe(true);
  expect(collector.text()).not.toMatch(/Marigold|3fK9vQ2mZx81LpWc|Zenobia/);
});
