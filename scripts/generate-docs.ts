import { readFileSync, writeFileSync } from 'node:fs';
import { generatedParts, OPENAPI_FILE, openApiText } from './generated-parts';

/** `npm run docs`: writes the parts of the documentation that are made from the code. */
for (const [file, parts] of Object.entries(generatedParts())) {
  let text = readFileSync(file, 'utf8');
  for (const [name, body] of Object.entries(parts)) {
    const [start, end] = [`<!-- generated: ${name} -->`, `<!-- end of ${name} -->`];
    const from = text.indexOf(start);
    const to = text.indexOf(end);
    if (from < 0 || to < from) throw new Error(`${file} has no place for ${name}`);
    text = `${text.slice(0, from + start.length)}\n\n${body}\n\n${text.slice(to)}`;
  }
  writeFileSync(file, text);
}

writeFileSync(OPENAPI_FILE, openApiText());
