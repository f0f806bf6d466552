declare module 'maplibre-gl/dist/maplibre-gl-csp.js' {
  const maplibre: Pick<typeof import('maplibre-gl'), 'Map' | 'setWorkerUrl'>;
  export default maplibre;
}
