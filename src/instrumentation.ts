import { getEnv } from '@/config/env';
import { startTracing } from '@/telemetry/start';

/** Next calls it when a process that renders pages begins; its own spans go where ours do. */
export async function register(): Promise<void> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = getEnv();
  if (endpoint) await startTracing(endpoint, 'pages');
}
