import { openApiDocument } from '@/api/rest/document';

export const GET = (): Response => Response.json(openApiDocument());
