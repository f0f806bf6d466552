import { webhookSender } from './webhook';

/** Posts one message: `node --import tsx tls-post.testing.ts <url>`; NODE_EXTRA_CA_CERTS says whom it trusts. */
const [url = ''] = process.argv.slice(2);
const lookUp = async () => [{ address: '127.0.0.1', family: 4 }];
const result = await webhookSender({ allowPrivate: true, httpsOnly: true, lookUp }).send(
  { url, secrets: [`whsec_${Buffer.alloc(24).toString('base64')}`] },
  { id: 'test', at: new Date(), body: '{}' },
  AbortSignal.timeout(5_000),
);
process.stdout.write(JSON.stringify(result));
