import { z } from 'zod';
import { EXAMPLE_IDS } from '@/api/rest/examples';
import { operation } from '@/api/rest/operation';
import { RestProblem } from '@/api/rest/problem';
import { EventPage, IdParams } from '@/api/rest/resources';
import { ensured } from '@/domain/errors';
import { readFeedPage, readOrderPage } from '@/realtime/pages';

const EventQuery = z.object({
  /** `next` of the page before, or the cursor of an event; left out: from the first that is kept. */
  after: z.string().max(100).optional(),
  limit: z.number().int().min(1).max(500).default(100),
});

/** Nothing is skipped in silence: who brings a cursor that leads nowhere has to begin anew. */
const gone = () =>
  new RestProblem(410, {
    reason: 'cursor_gone',
    detail: 'This cursor is of another history, or was never ours.',
    hint: 'Read the present state, and begin without a cursor.',
  });

export const eventOperations = [
  operation({
    id: 'listOrderEvents',
    ...{ method: 'get', path: '/orders/{id}/events', tag: 'events', access: 'orders:read' },
    summary: 'Read what has happened to an order',
    detail: 'In order and without gaps, but for what the viewer may not see.',
    params: IdParams,
    query: EventQuery,
    refusals: [410],
    status: 200,
    output: EventPage,
    example: { as: 'customer', params: { id: EXAMPLE_IDS.order }, query: { limit: '50' } },
    async run({ deps, session, params, query }) {
      const { viewer } = ensured(session, 'a session, by the access of this operation');
      const page = await readOrderPage(deps.db, viewer, params.id, query);
      if (!page) throw gone();
      return { body: page };
    },
  }),
  operation({
    id: 'listEvents',
    ...{ method: 'get', path: '/events', tag: 'events', access: 'events:read' },
    summary: 'Read what has happened',
    detail:
      'Each event once, in the order of the log: an admin reads all, a customer or driver their own, a kitchen those of its restaurants. Ask again with `next` to follow.',
    query: EventQuery,
    refusals: [410],
    status: 200,
    output: EventPage,
    example: { as: 'admin', query: { limit: '50' } },
    async run({ deps, session, query }) {
      const { viewer } = ensured(session, 'a session, by the access of this operation');
      const page = await readFeedPage(deps.db, viewer, query);
      if (!page) throw gone();
      return { body: page };
    },
  }),
];
