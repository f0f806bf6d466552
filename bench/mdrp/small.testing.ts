import { type Instance, type InstanceFiles, parseInstance } from './instance';

const lines = (...rows: string[]) => `${rows.map((row) => row.replaceAll(' ', '\t')).join('\n')}\n`;

/** A made-up day: two kitchens, two couriers, a hundred metres a minute, four minutes at each stop. */
export const SMALL: InstanceFiles = {
  'orders.txt': lines(
    'order x y placement_time restaurant ready_time',
    'o1 1000 0 10 r1 20',
    'o2 1100 0 12 r1 24',
    'o3 0 900 60 r2 75',
  ),
  'restaurants.txt': lines('restaurant x y', 'r1 500 0', 'r2 0 400'),
  'couriers.txt': lines('courier x y on_time off_time', 'c1 0 0 0 120', 'c2 0 300 30 120'),
  'instance_parameters.txt':
    'meters_per_minute\tpickup service minutes\tdropoff service minutes\ttarget click-to-door\t' +
    'maximum click-to-door\tpay per order\tguaranteed pay per hour\n100\t4\t4\t40\t90\t10\t15\n',
};

export const smallInstance = (change: Partial<InstanceFiles> = {}): Instance =>
  parseInstance('small', { ...SMALL, ...change });
