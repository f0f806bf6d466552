import { z } from 'zod';
import { pageOfOrders } from '@/db/queries/orders';
import { tiedRestaurants } from '@/db/queries/staff';
import { projectCard } from '@/domain/audiences';
import { invalid } from '@/domain/errors';
import { cardForKitchen } from '@/domain/kitchen-audience';
import { ORDER_STATES } from '@/domain/order';
import type { Viewer } from '@/domain/roles';
import type { OrderCard } from '@/domain/views';
import { requireRole, type ServiceContext } from './context';

export const ListOrdersInput = z.object({
  status: z.enum(ORDER_STATES).optional(),
  restaurantId: z.uuid().optional(),
  limit: z.number().int().min(1).max(100).default(20),
  /** `next` of the page before. */
  cursor: z.string().max(100).optional(),
});

const writeCursor = (id: string): string => Buffer.from(id).toString('base64url');

function readCursor(text: string): string {
  const id = z.uuid().safeParse(Buffer.from(text, 'base64url').toString('utf8'));
  if (id.success) return id.data;
  throw invalid({
    reason: 'cursor_unknown',
    message: 'This is not a place in this list.',
    hint: 'Start again from the top of the list.',
  });
}

type Whose = Pick<Parameters<typeof pageOfOrders>[1], 'customerId' | 'driverId' | 'restaurantIds'>;

async function ordersOf({ db }: ServiceContext, { role, userId }: Viewer): Promise<Whose> {
  switch (role) {
    case 'customer':
      return { customerId: userId };
    case 'driver':
      return { driverId: userId };
    case 'kitchen':
      return { restaurantIds: await tiedRestaurants(db, userId) };
    case 'admin':
      return {};
  }
}

/** Orders that the viewer may see, the latest first: an admin all, the others their own. */
export async function listOrders(
  ctx: ServiceContext,
  { cursor, limit, ...filter }: z.infer<typeof ListOrdersInput>,
): Promise<{ cards: OrderCard[]; next: string | null }> {
  const viewer = requireRole(ctx, 'customer', 'driver', 'admin', 'kitchen');
  const after = cursor === undefined ? null : readCursor(cursor);
  const whose = await ordersOf(ctx, viewer);
  const cards = await pageOfOrders(ctx.db, { ...filter, ...whose }, after, limit + 1);
  const shown = cards.slice(0, limit);
  const last = cards.length > limit ? shown.at(-1) : undefined;
  const seen = (card: OrderCard) =>
    viewer.role === 'kitchen' ? cardForKitchen(card) : projectCard(viewer, card);
  return { cards: shown.map(seen), next: last ? writeCursor(last.order.id) : null };
}
