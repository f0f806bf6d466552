import { trace } from '@opentelemetry/api';
import { inSpan } from './span';

/** Collectors refuse attributes of any length. */
const LONGEST_TEXT = 2_000;

/**
 * A statement as a span, by its text with placeholders: what it was asked with is left out. Only below
 * another: the tail looks into the log hundreds of times a second.
 */
export function inQuerySpan<T>(text: string, run: () => Promise<T>): Promise<T> {
  if (!trace.getActiveSpan()?.isRecording()) return run();
  const [operation = ''] = text.trimStart().split(/\s/, 1);
  const attributes = {
    'db.system.name': 'postgresql',
    'db.operation.name': operation.toUpperCase(),
    'db.query.text': text.slice(0, LONGEST_TEXT),
  };
  return inSpan(operation.toLowerCase() || 'query', attributes, run);
}
