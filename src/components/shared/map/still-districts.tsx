import { CITY_DISTRICTS } from './city-districts';
import { offsetIn, type StillView, scaled } from './still-view';

/** The names of the demo city's districts, over the picture of it. */
export default function StillDistricts({ view }: { view: StillView }) {
  return CITY_DISTRICTS.map(({ name, at }) => {
    const { x, y } = offsetIn(view, at);
    return (
      <span
        key={name}
        className="-translate-x-1/2 -translate-y-1/2 still-district absolute"
        style={{ left: scaled(x), top: scaled(y) }}
      >
        {name}
      </span>
    );
  });
}
