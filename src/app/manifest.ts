import type { MetadataRoute } from 'next';

/** Lets a driver keep Hotfoot on the home screen; everybody lands where their role belongs. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Hotfoot',
    short_name: 'Hotfoot',
    description: 'Order, ride and dispatch in real time.',
    start_url: '/driver',
    scope: '/',
    display: 'standalone',
    background_color: '#fbfaf8',
    theme_color: '#fbfaf8',
    icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
  };
}
