import { z } from 'zod';
import { findRestaurant, readMenu } from '@/db/queries/restaurants';
import { notFound } from '@/domain/errors';
import { MENU_FORMATS } from '@/domain/menu-file/menu-file';
import { writeMenuFile } from '@/domain/menu-file/write-menu-file';
import { requireRole, type ServiceContext } from './context';

export const ExportMenuInput = z.object({ restaurantId: z.uuid(), format: z.enum(MENU_FORMATS) });

/** A menu as a file; read back, it changes nothing. */
export async function exportMenu(
  ctx: ServiceContext,
  { restaurantId, format }: z.infer<typeof ExportMenuInput>,
): Promise<{ fileName: string; text: string }> {
  requireRole(ctx, 'admin');
  const restaurant = await findRestaurant(ctx.db, { id: restaurantId });
  if (!restaurant) throw notFound('restaurant');
  const menu = await readMenu(ctx.db, restaurantId);
  return {
    fileName: `${restaurant.slug}-menu.${format}`,
    text: writeMenuFile(menu, format, restaurant.currency),
  };
}
