import { type Attributes, SpanStatusCode, trace } from '@opentelemetry/api';

/** Does nothing until a process has begun to trace, see `start`. */
const tracer = trace.getTracer('hotfoot');

/** What kind of error it was: of its words nobody knows whom they name. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}

/** Does `work` as a span, below whichever is under way; a failure is the span's too. */
export function inSpan<T>(
  name: string,
  attributes: Attributes,
  work: () => Promise<T>,
): Promise<T> {
  return tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setAttribute('error.type', kindOf(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Says more of the span that is under way. */
export function noteOnSpan(attributes: Attributes): void {
  trace.getActiveSpan()?.setAttributes(attributes);
}

/** The trace that is under way, as it stands beside lines of the log; null where nobody traces. */
export function traceIdNow(): string | null {
  return trace.getActiveSpan()?.spanContext().traceId ?? null;
}
