import fc, { type Arbitrary } from 'fast-check';

/** Values that a JSON schema admits, and values that are nearly so. */

type Json = Record<string, unknown>;
type Pool = readonly string[];

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

const RESTLESS = ['', ' ', '\u0000', '\ud800', '﷽', "'; DROP TABLE orders; --", '💥'.repeat(40)];

function stringOf(schema: Json, pool: Pool): Arbitrary<string> {
  const { format, pattern, minLength = 0, maxLength = 40 } = schema;
  if (format === 'uuid') return fc.oneof(fc.constantFrom(...pool), fc.uuid());
  if (format === 'date-time') {
    const around = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2030-01-01'),
      noInvalidDate: true,
    });
    const far = fc.constantFrom('0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999+14:00');
    return fc.oneof({ weight: 5, arbitrary: around.map((at) => at.toISOString()) }, far);
  }
  if (format === 'date') return fc.constantFrom('2026-12-24', '2027-02-28', '9999-12-31');
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern));
  const lengths = { minLength: Number(minLength), maxLength: Math.min(Number(maxLength), 200) };
  return fc.oneof(
    { weight: 6, arbitrary: fc.string({ ...lengths, unit: 'grapheme' }) },
    { weight: 1, arbitrary: fc.constantFrom(...RESTLESS) },
  );
}

function numberOf(schema: Json, whole: boolean): Arbitrary<number> {
  const least = Number(schema.minimum ?? (schema.exclusiveMinimum as number | undefined) ?? -1e6);
  const most = Number(schema.maximum ?? 1e6);
  return whole
    ? fc.integer({ min: Math.ceil(least), max: Math.floor(most) })
    : fc.double({ min: least, max: most, noNaN: true });
}

function objectOf(schema: Json, document: Json, pool: Pool): Arbitrary<unknown> {
  const properties = isJson(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, inner]) => [name, admitted(inner, document, pool)]),
  );
  const { additionalProperties: rest, propertyNames: names } = schema;
  if (Object.keys(properties).length === 0 && isJson(rest)) {
    const key = isJson(names) ? stringOf(names, pool) : fc.string({ maxLength: 8 });
    return fc.dictionary(key, admitted(rest, document, pool), { maxKeys: 2 });
  }
  return fc.record(fields, { requiredKeys: required });
}

/** What the schema admits, as far as it can be told from it. */
export function admitted(schema: unknown, document: Json, pool: Pool): Arbitrary<unknown> {
  if (!isJson(schema)) return fc.jsonValue();
  if (typeof schema.$ref === 'string') {
    const target = schema.$ref
      .split('/')
      .slice(1)
      .reduce<unknown>((node, part) => (isJson(node) ? node[part] : undefined), document);
    return admitted(target, document, pool);
  }
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) {
    return fc.oneof(...choices.map((choice) => admitted(choice, document, pool)));
  }
  switch (schema.type) {
    case 'object':
      return objectOf(schema, document, pool);
    case 'array': {
      const least = Number(schema.minItems ?? 0);
      const most = Math.min(Number(schema.maxItems ?? 3), least + 3);
      return fc.array(admitted(schema.items, document, pool), {
        minLength: least,
        maxLength: most,
      });
    }
    case 'string':
      return stringOf(schema, pool);
    case 'integer':
      return numberOf(schema, true);
    case 'number':
      return numberOf(schema, false);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue();
  }
}

const ODD: Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.constantFrom(...RESTLESS, null, -1, 0.5, 2 ** 53, 1e308, true, [], {}, 'NaN', '1e9'),
);

/** The value with one part of it changed, taken away, or added to. */
export function spoiled(value: unknown): Arbitrary<unknown> {
  if (Array.isArray(value)) {
    const within = value.map((each, index) =>
      spoiled(each).map((other) => value.with(index, other)),
    );
    return fc.oneof(
      ODD,
      ODD.map((odd) => [...value, odd]),
      ...within,
    );
  }
  if (!isJson(value)) return ODD;
  const names = Object.keys(value);
  const without = names.map((name) =>
    fc.constant(Object.fromEntries(Object.entries(value).filter(([key]) => key !== name))),
  );
  const within = names.map((name) =>
    spoiled(value[name]).map((odd) => ({ ...value, [name]: odd })),
  );
  const more = fc
    .tuple(fc.constantFrom('extra', 'status', 'id', '__proto__', 'constructor'), ODD)
    .map(([name, odd]) => ({ ...value, ...Object.fromEntries([[name, odd]]) }));
  return fc.oneof(more, ...without, ...within);
}
