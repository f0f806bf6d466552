import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generatedParts, OPENAPI_FILE, openApiText } from './generated-parts';

const parts = Object.entries(generatedParts()).flatMap(([file, byName]) =>
  Object.entries(byName).map(([name, body]) => ({ file, name, body })),
);

it.each(parts)('$file shows $name as the code has it (else: npm run docs)', ({ file, body }) => {
  expect(readFileSync(file, 'utf8')).toContain(body);
});

it('the committed OpenAPI document is that of the operations (else: npm run docs)', () => {
  expect(readFileSync(OPENAPI_FILE, 'utf8')).toBe(openApiText());
});
