import { z } from 'zod';
import { openApiDocument } from '@/api/rest/document';
import { EnvSchema } from '@/config/env';
import { noticeMachine } from '@/domain/dead-letter';
import { deliveryMachine } from '@/domain/delivery';
import { toMermaid } from '@/domain/machine';
import { DEFAULT_LADDER, MUST_SEE_EVENTS, RUNG_KINDS } from '@/domain/must-see';
import { offerMachine } from '@/domain/offer';
import { orderMachine } from '@/domain/order';
import { paymentMachine } from '@/domain/payment';
import { operationsTable, proceduresTable } from './authorisation-tables';

const diagram = (mermaid: string) => `\`\`\`mermaid\n${mermaid}\n\`\`\``;

function environmentTable(): string {
  const { properties = {} } = z.toJSONSchema(EnvSchema, { io: 'input' });
  const rows = Object.entries(properties).map(([name, schema]) => {
    if (typeof schema === 'boolean') return `| \`${name}\` | | |`;
    const initial = schema.default === undefined ? '' : `\`${String(schema.default)}\``;
    const values = schema.enum ? ` One of ${schema.enum.map((v) => `\`${v}\``).join(', ')}.` : '';
    return `| \`${name}\` | ${initial} | ${schema.description ?? ''}${values} |`;
  });
  return ['| variable | default | what it does |', '|---|---|---|', ...rows].join('\n');
}

/** Seconds after the event, rung by rung. */
function ladderTable(): string {
  const rows = RUNG_KINDS.map((kind) => {
    const times = MUST_SEE_EVENTS.map(
      (event) => DEFAULT_LADDER[event].find((rung) => rung.kind === kind)?.afterSeconds,
    );
    return `| ${[kind, ...times.map((seconds) => seconds ?? '')].join(' | ')} |`;
  });
  const events = MUST_SEE_EVENTS.join(' | ');
  return [`| rung, after seconds | ${events} |`, '|---|---|---|---|', ...rows].join('\n');
}

export const OPENAPI_FILE = 'docs/openapi.json';

/** The whole file, as it is committed. */
export const openApiText = (): string => `${JSON.stringify(openApiDocument(), null, 2)}\n`;

/** File → place in it → text made from the code. */
export const generatedParts = (): Record<string, Record<string, string>> => ({
  'docs/architecture.md': {
    order: diagram(toMermaid(orderMachine)),
    delivery: diagram(toMermaid(deliveryMachine)),
    offer: diagram(toMermaid(offerMachine)),
    payment: diagram(toMermaid(paymentMachine)),
    notice: diagram(toMermaid(noticeMachine)),
    ladder: ladderTable(),
  },
  'docs/authorisation.md': { procedures: proceduresTable(), operations: operationsTable() },
  'docs/configuration.md': { environment: environmentTable() },
});
