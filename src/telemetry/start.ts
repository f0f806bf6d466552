import { context, propagation, trace } from '@opentelemetry/api';
import { plainSpans } from './plain-spans';

const SENT_WITHIN_MS = 2_000;

/**
 * Sends spans to an OpenTelemetry collector by OTLP over HTTP. Its own variables say the rest: headers,
 * sampling, the service's name. `role`: what this process does.
 */
export async function startTracing(
  endpoint: string,
  role: 'node' | 'pages' | 'worker',
): Promise<{ stop(): Promise<void> }> {
  // Processes that do not trace load nothing of it.
  const [{ OTLPTraceExporter }, resources, { BatchSpanProcessor, NodeTracerProvider }] =
    await Promise.all([
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/sdk-trace-node'),
    ]);
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } = resources;
  const own = { 'service.name': 'hotfoot', 'hotfoot.role': role };
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes(own))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(plainSpans(exporter))],
  });
  provider.register();
  return {
    async stop() {
      const late = new Promise<void>((resolve) => setTimeout(resolve, SENT_WITHIN_MS).unref());
      await Promise.race([provider.shutdown(), late]);
      for (const global of [trace, context, propagation]) global.disable();
    },
  };
}
