import type { ValidateFunction } from 'ajv';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { openApiDocument } from '@/api/rest/document';
import type { Operation } from '@/api/rest/operation';
import type { Got } from './rest.testing';

type Json = Record<string, unknown>;

const pointer = (...parts: string[]): string =>
  parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Judges answers by the document alone, with a validator that knows nothing of ours. */
export function openApiJudge() {
  // By the same way as a client that has fetched it.
  const document = JSON.parse(JSON.stringify(openApiDocument())) as Json;
  const ajv = new Ajv({ strict: false, allErrors: false, validateSchema: false });
  addFormats(ajv);
  ajv.addSchema({ ...document, $id: 'api' });
  const validators = new Map<string, ValidateFunction>();

  const at = (path: string): unknown =>
    path
      .split('/')
      .slice(1)
      .reduce<unknown>(
        (node, part) =>
          (node as Json | undefined)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')],
        document,
      );

  function validator(path: string): ValidateFunction {
    const known = validators.get(path);
    if (known) return known;
    const made = ajv.compile({ $ref: `api#${encodeURI(path)}` });
    validators.set(path, made);
    return made;
  }

  return {
    document,
    /** What is wrong with an answer to this operation; null when the document foresees it. */
    complaint({ path, method }: Operation, { status, headers, body }: Got): string | null {
      const own = pointer('paths', path, method, 'responses', String(status));
      const response = at(own) as Json | undefined;
      if (!response) return `status ${status} is not in the document`;
      const where = typeof response.$ref === 'string' ? response.$ref.slice(1) : own;
      const content = (at(where) as Json).content as Json | undefined;
      if (!content) return body === null ? null : 'a body where there is none';
      const [type = ''] = Object.keys(content);
      if (headers.get('content-type') !== type) return `not ${type}`;
      const validate = validator(`${where}${pointer('content', type, 'schema')}`);
      return validate(body) ? null : ajv.errorsText(validate.errors);
    },
  };
}
