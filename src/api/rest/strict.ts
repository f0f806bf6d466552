import { z } from 'zod';

/** A schema of the same input and output: what only its def tells is copied. */
const cloned = <Schema extends z.core.$ZodType>(schema: Schema, change: object): Schema =>
  z.core.clone(schema, { ...schema._zod.def, ...change });

/** The same schema, which refuses fields that it does not know, however deep they lie. */
export function deepStrict<Schema extends z.core.$ZodType>(schema: Schema): Schema {
  if (schema instanceof z.ZodObject) {
    const shape = Object.fromEntries(
      Object.entries(schema.shape).map(([name, field]) => [name, deepStrict(field)]),
    );
    return cloned(schema, { shape, catchall: z.never() });
  }
  if (schema instanceof z.ZodArray) {
    return cloned(schema, { element: deepStrict(schema.element) });
  }
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault
  ) {
    return cloned(schema, { innerType: deepStrict(schema._zod.def.innerType) });
  }
  if (schema instanceof z.ZodUnion) {
    return cloned(schema, { options: schema.options.map(deepStrict) });
  }
  if (schema instanceof z.ZodRecord) {
    return cloned(schema, { valueType: deepStrict(schema._zod.def.valueType) });
  }
  return schema;
}
