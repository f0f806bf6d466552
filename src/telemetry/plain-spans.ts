import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';
import { withoutPeople } from '@/domain/plain-error';

const plainAttributes = (attributes: Attributes): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === 'string' ? withoutPeople(value) : value,
    ]),
  );

/** The words of an error may name somebody, and an address of Next's spans may hold a link's token. */
const plain = (span: ReadableSpan): ReadableSpan =>
  Object.create(span, {
    name: { value: withoutPeople(span.name) },
    attributes: { value: plainAttributes(span.attributes) },
    status: { value: { code: span.status.code } },
    events: { value: [] },
  });

/** Sends spans on, whoever made them, without what is of people. */
export const plainSpans = (to: SpanExporter): SpanExporter => ({
  export: (spans, done) => to.export(spans.map(plain), done),
  shutdown: () => to.shutdown(),
});
