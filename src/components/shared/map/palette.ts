export type MapTheme = 'light' | 'dark';

export type MapPalette = {
  sea: string;
  shallows: string;
  waterEdge: string;
  country: string;
  town: string;
  park: string;
  wood: string;
  beach: string;
  square: string;
  building: string;
  buildingEdge: string;
  path: string;
  lane: string;
  laneCasing: string;
  street: string;
  streetCasing: string;
  boulevard: string;
  boulevardCasing: string;
  streetName: string;
  districtName: string;
  waterName: string;
  parkName: string;
  halo: string;
  route: string;
  routeCasing: string;
};

/** Hex twins of the interface's OKLCH tokens: stone, an ember for the route, and soft nature. */
export const PALETTES: Readonly<Record<MapTheme, MapPalette>> = {
  light: {
    sea: '#c3d8de',
    shallows: '#dcebec',
    waterEdge: '#aec7ce',
    country: '#ebeddf',
    town: '#f4f0e9',
    park: '#d3e1c1',
    wood: '#cbdab8',
    beach: '#f0e5c8',
    square: '#eae1d2',
    building: '#e7dfd3',
    buildingEdge: '#d9cfc0',
    path: '#fbf8f1',
    lane: '#ffffff',
    laneCasing: '#e0d7ca',
    street: '#ffffff',
    streetCasing: '#d5cabb',
    boulevard: '#fff3e2',
    boulevardCasing: '#dfc3a1',
    streetName: '#6f665b',
    districtName: '#4d453c',
    waterName: '#5f8793',
    parkName: '#5c7a48',
    halo: '#faf7f1',
    route: '#d2541b',
    routeCasing: '#ffffff',
  },
  dark: {
    sea: '#131d22',
    shallows: '#1f3239',
    waterEdge: '#24363d',
    country: '#1d1f18',
    town: '#23201b',
    park: '#27301f',
    wood: '#222b1c',
    beach: '#2d291e',
    square: '#2a2620',
    building: '#302c26',
    buildingEdge: '#3b362f',
    path: '#35352a',
    lane: '#3b362f',
    laneCasing: '#191613',
    street: '#484138',
    streetCasing: '#191613',
    boulevard: '#5a4d3e',
    boulevardCasing: '#1a1512',
    streetName: '#a99f93',
    districtName: '#d6cdc1',
    waterName: '#6d919d',
    parkName: '#8aa274',
    halo: '#1a1714',
    route: '#f58a4c',
    routeCasing: '#171310',
  },
};
