import type postgres from 'postgres';

/** The queue between the two processes of the classic pipeline. */
export const QUEUE = 'orders';

/** An order as its customer's screen gets it. */
export type PlacedOrder = {
  orderId: string;
  customerId: number;
  restaurantId: string;
  status: 'placed';
  total: number;
  address: string;
  placedAt: string;
  lines: { itemId: string; name: string; quantity: number; unitPrice: number }[];
};

export async function createTables(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`
    CREATE TABLE dishes (id uuid PRIMARY KEY, restaurant_id uuid NOT NULL, name text NOT NULL, price integer NOT NULL);
    CREATE TABLE orders (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(), customer_id integer NOT NULL, restaurant_id uuid NOT NULL,
      status text NOT NULL DEFAULT 'placed', total integer NOT NULL, address text NOT NULL,
      placed_at timestamptz NOT NULL DEFAULT now());
    CREATE INDEX orders_customer ON orders (customer_id, placed_at DESC);
    CREATE TABLE order_lines (
      order_id uuid NOT NULL REFERENCES orders (id), item_id uuid NOT NULL REFERENCES dishes (id), name text NOT NULL,
      quantity integer NOT NULL, unit_price integer NOT NULL);
    CREATE INDEX order_lines_order ON order_lines (order_id)`);
}
