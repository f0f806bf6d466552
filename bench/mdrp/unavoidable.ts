import { type Instance, travelMinutes } from './instance';

/** Orders that no planner can bring, or not within the longest click-to-door, even if a courier stood by. */
export function countUnavoidable(instance: Instance): {
  orders: number;
  nobody: number;
  late: number;
} {
  const { orders, couriers, restaurants, rules } = instance;
  const services = (rules.pickupServiceMinutes + rules.dropoffServiceMinutes) / 2;
  const lastOff = Math.max(...couriers.map(({ offAt }) => offAt));
  let [nobody, late] = [0, 0];
  for (const { readyAt, placedAt, restaurant, at } of orders) {
    const door = restaurants.get(restaurant) ?? at;
    if (readyAt > lastOff) nobody += 1;
    else if (
      readyAt + services + travelMinutes(rules, door, at) - placedAt >
      rules.maximumClickToDoor
    ) {
      late += 1;
    }
  }
  return { orders: orders.length, nobody, late };
}
