// The colours of the map, light and dark: two designs, not one inverted. Everything but the grids recedes.

export type Theme = 'light' | 'dark'

export interface Palette {
  land: string
  green: string
  wood: string
  field: string
  /** Between parcels of fields and orchards. */
  parcel: string
  orchard: string
  sport: string
  campus: string
  built: string
  works: string
  water: string
  waterLine: string
  waterText: string
  building: string
  buildingOutline: string
  factory: string
  civic: string
  greenhouse: string
  casing: string
  path: string
  track: string
  minor: string
  middle: string
  middleCasing: string
  major: string
  majorCasing: string
  motorway: string
  motorwayCasing: string
  rail: string
  railGap: string
  areaLine: string
  areaText: string
  text: string
  roadText: string
  quietText: string
  halo: string
  grid: string
  gridCasing: string
  gridText: string
  selected: string
  left: string
  right: string
  leftText: string
  rightText: string
  draft: string
  refusal: string
  /** What was asked about and found: unlike any colour of grids. */
  query: string
  /** Borders over coloured grids. */
  overColour: string
  /** Sequential, lowest first (ColorBrewer YlGnBu, in the dark from dark to bright). */
  ramp: readonly [string, string, string, string, string]
  /** Far below, below, within, above, far above the band (ColorBrewer PuOr). */
  deviation: readonly [string, string, string, string, string]
  object: Record<'lamp' | 'manhole' | 'camera' | 'otherObject', string>
  facility: Record<'care' | 'learning' | 'safety' | 'public' | 'trade' | 'other', string>
}

export const PALETTES: Record<Theme, Palette> = {
  light: {
    land: '#f7f6f2',
    green: '#e3ecd9',
    wood: '#d6e4cd',
    field: '#f4f2e1',
    parcel: '#e5e1c9',
    orchard: '#e7eed2',
    sport: '#d5e7da',
    campus: '#f3ecdd',
    built: '#f0eeea',
    works: '#ebeaee',
    water: '#c2dbe8',
    waterLine: '#b3d1e1',
    waterText: '#4c7690',
    building: '#dfdad2',
    buildingOutline: '#c9c2b6',
    factory: '#d6d6de',
    civic: '#e4d5c1',
    greenhouse: '#e6f0ec',
    casing: '#dcd8cf',
    path: '#cfc9bd',
    track: '#d8d0bf',
    minor: '#ffffff',
    middle: '#ffffff',
    middleCasing: '#d5cfc3',
    major: '#fdf0d2',
    majorCasing: '#e2cd9d',
    motorway: '#f7dca8',
    motorwayCasing: '#d9b470',
    rail: '#bdb8af',
    railGap: '#f7f6f2',
    areaLine: '#8d84a3',
    areaText: '#4d4764',
    text: '#45443f',
    roadText: '#6b675e',
    quietText: '#85817a',
    halo: 'rgba(255,255,255,0.92)',
    grid: '#2f55c8',
    gridCasing: 'rgba(255,255,255,0.9)',
    gridText: '#22409c',
    selected: '#2f55c8',
    left: '#0d8f83',
    right: '#e07412',
    leftText: '#075e56',
    rightText: '#8f4505',
    draft: '#1c2333',
    refusal: '#c92a2a',
    query: '#b0187c',
    overColour: '#3d4356',
    ramp: ['#fbfbd3', '#bfe3c0', '#63bdc3', '#2f80b4', '#253494'],
    deviation: ['#8073ac', '#c9c3e0', '#ffffff', '#fdc77d', '#d9730d'],
    object: { lamp: '#d99a12', manhole: '#8b8f97', camera: '#3a6fb0', otherObject: '#a9a49a' },
    facility: {
      care: '#c2506a',
      learning: '#7a5cb8',
      safety: '#3a6fb0',
      public: '#55708c',
      trade: '#a8752a',
      other: '#8a8d90',
    },
  },
  dark: {
    land: '#191c21',
    green: '#1d2723',
    wood: '#1b2a23',
    field: '#1f221f',
    parcel: '#2a2d27',
    orchard: '#1f2821',
    sport: '#1c2b28',
    campus: '#242320',
    built: '#1e2126',
    works: '#20222a',
    water: '#14293b',
    waterLine: '#1b3549',
    waterText: '#6f9dbb',
    building: '#2a3038',
    buildingOutline: '#353c46',
    factory: '#2b303c',
    civic: '#37342f',
    greenhouse: '#26343a',
    casing: '#14171b',
    path: '#3d444e',
    track: '#33373b',
    minor: '#3a414a',
    middle: '#444b56',
    middleCasing: '#14171b',
    major: '#4b4a45',
    majorCasing: '#15171a',
    motorway: '#645a43',
    motorwayCasing: '#15161a',
    rail: '#444a53',
    railGap: '#191c21',
    areaLine: '#7d7795',
    areaText: '#c3bdd8',
    text: '#c4c8ce',
    roadText: '#98a0aa',
    quietText: '#868e98',
    halo: 'rgba(16,18,22,0.88)',
    grid: '#86a2ff',
    gridCasing: 'rgba(12,14,18,0.85)',
    gridText: '#c3d0ff',
    selected: '#a9bdff',
    left: '#2fc2b2',
    right: '#ff9a3d',
    leftText: '#8ef0e4',
    rightText: '#ffc68f',
    draft: '#f4f6fa',
    refusal: '#ff6b6b',
    query: '#ff7ac6',
    overColour: '#0f1216',
    ramp: ['#1d2b57', '#24588f', '#2e8fae', '#74c5ae', '#e8f2a6'],
    deviation: ['#9488cf', '#544d7c', '#2a2f36', '#7d5423', '#f08a24'],
    object: { lamp: '#e8bd5a', manhole: '#7d848e', camera: '#71a0dc', otherObject: '#6d7178' },
    facility: {
      care: '#d67a90',
      learning: '#a48bdd',
      safety: '#71a0dc',
      public: '#8aa5c2',
      trade: '#cda05c',
      other: '#9a9ea3',
    },
  },
}
