import type { Instance } from './instance';
import type { Trip } from './world';

/** What the published evaluator reads. Times in minutes of the day. */
export type Solution = {
  assignments: { assignedAt: number; pickupAt: number; courier: string; orders: string[] }[];
  orders: DeliveredOrder[];
  moves: { courier: string; leftAt: number; from: string; to: string }[];
};
export type DeliveredOrder = {
  order: string;
  placedAt: number;
  restaurant: string;
  readyAt: number;
  pickupAt: number;
  dropoffAt: number;
  courier: string;
};

export const SOLUTION_FILES = {
  assignments: 'solution_info_assignments.txt',
  orders: 'solution_info_orders.txt',
  moves: 'solution_info_couriers.txt',
} as const;
export type SolutionTexts = Record<keyof typeof SOLUTION_FILES, string>;

const HEADERS: SolutionTexts = {
  assignments: 'assignment_time pickup_time courier orders',
  orders: 'order placement_time restaurant ready_time pickup_time dropoff_time courier',
  moves: 'courier departure_time origin destination',
};

export function deliveredOrders(instance: Instance, trips: readonly Trip[]): DeliveredOrder[] {
  const orders = new Map(instance.orders.map((order) => [order.id, order]));
  return trips.flatMap(({ courier, pickedUpAt: pickupAt, drops }) =>
    drops.flatMap(({ order, droppedAt: dropoffAt }): DeliveredOrder[] => {
      const it = orders.get(order);
      if (!it) return [];
      const { placedAt, restaurant, readyAt } = it;
      return [{ order, placedAt, restaurant, readyAt, pickupAt, dropoffAt, courier }];
    }),
  );
}

/** A courier's moves stand together, in sequence. */
function movesOf(trips: readonly Trip[]): Solution['moves'] {
  const inSequence = trips.toSorted((a, b) =>
    a.courier === b.courier ? a.leftAt - b.leftAt : a.courier < b.courier ? -1 : 1,
  );
  return inSequence.flatMap(({ courier, leftAt, from, restaurant, drops }) => {
    let place = restaurant;
    const toDoors = drops.map(({ order: to, leftAt }) => {
      const move = { courier, leftAt, from: place, to };
      place = to;
      return move;
    });
    return [{ courier, leftAt, from, to: restaurant }, ...toDoors];
  });
}

export function solutionOf(instance: Instance, trips: readonly Trip[]): Solution {
  return {
    assignments: trips.map(({ assignedAt, pickedUpAt: pickupAt, courier, drops }) => ({
      ...{ assignedAt, pickupAt, courier },
      orders: drops.map(({ order }) => order),
    })),
    orders: deliveredOrders(instance, trips),
    moves: movesOf(trips),
  };
}

const table = (header: string, rows: readonly (readonly (string | number)[])[]) =>
  `${[header, ...rows.map((row) => row.join(' '))].join('\n')}\n`;

export function writeSolution({ assignments, orders, moves }: Solution): SolutionTexts {
  return {
    assignments: table(
      HEADERS.assignments,
      assignments.map((it) => [it.assignedAt, it.pickupAt, it.courier, ...it.orders]),
    ),
    orders: table(
      HEADERS.orders,
      orders.map((it) => [
        ...[it.order, it.placedAt, it.restaurant, it.readyAt],
        ...[it.pickupAt, it.dropoffAt, it.courier],
      ]),
    ),
    moves: table(
      HEADERS.moves,
      moves.map((it) => [it.courier, it.leftAt, it.from, it.to]),
    ),
  };
}

/** Reads back what was written, so that what is judged is what others will read. */
export function readSolution(texts: SolutionTexts): Solution {
  const rows = (file: keyof SolutionTexts) => {
    const [header, ...lines] = texts[file].trimEnd().split('\n');
    if (header !== HEADERS[file]) throw new Error(`${SOLUTION_FILES[file]}:1: unknown header`);
    return lines.map((line) => line.split(' '));
  };
  return {
    assignments: rows('assignments').map(([assignedAt, pickupAt, courier = '', ...orders]) => ({
      ...{ assignedAt: Number(assignedAt), pickupAt: Number(pickupAt), courier, orders },
    })),
    orders: rows('orders').map((row): DeliveredOrder => {
      const [order = '', placedAt, restaurant = '', readyAt, pickupAt, dropoffAt, courier = ''] =
        row;
      return {
        ...{ order, placedAt: Number(placedAt), restaurant, readyAt: Number(readyAt), courier },
        ...{ pickupAt: Number(pickupAt), dropoffAt: Number(dropoffAt) },
      };
    }),
    moves: rows('moves').map(([courier = '', leftAt, from = '', to = '']) => ({
      ...{ courier, leftAt: Number(leftAt), from, to },
    })),
  };
}
