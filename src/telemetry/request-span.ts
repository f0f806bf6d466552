import {
  type Attributes,
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

const tracer = trace.getTracer('hotfoot');

type Carrier = Record<string, string | string[] | undefined>;

export type RequestSpan = {
  /** What is done in here is below it. */
  around<T>(work: () => T): T;
  end(status: number): void;
};

/**
 * A request that has come in, as a span below the one that its headers name, if they are `believed`. What is
 * asked of others meanwhile carries it on in the same headers.
 */
export function startRequestSpan(
  name: string,
  attributes: Attributes,
  headers: Carrier,
  believed: boolean,
): RequestSpan {
  const outside = context.active();
  const parent = believed ? propagation.extract(outside, headers) : outside;
  const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
  const inside = trace.setSpan(parent, span);
  propagation.inject(inside, headers);
  return {
    around: (work) => context.with(inside, work),
    end(status) {
      span.setAttribute('http.response.status_code', status);
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}
