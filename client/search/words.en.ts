// The sentences of search in English.
import type { SearchWords } from './words.zh.ts'

export const searchEn: SearchWords = {
  open: 'Search',
  short: 'Search grids, addresses, staff…',
  label:
    'Search for a grid by code or name, an address, building, facility, organisation, staff, area or incident number; first letters of pinyin work too',
  placeholder: 'Code, name, address, number, or first letters of pinyin',
  hint: 'For example a grid code “510124…”, an address, or the first letters of its pinyin, “tjjd”.',
  keys: '↑ ↓ choose, Enter goes there, Esc closes',
  searching: 'Searching…',
  failed: 'The search did not succeed',
  nothing: 'Nothing is called “{{q}}”. Try another name, part of a code, or first letters of pinyin.',
  found: '{{n}} found',
  most: 'The best {{n}} are listed',
  noPlace: 'It has no place and cannot be shown on the map.',
  shortcut: 'Ctrl+K or /',
  kind: {
    grid: 'Grids',
    area: 'Areas',
    address: 'Addresses',
    building: 'Buildings',
    facility: 'Facilities',
    organisation: 'Organisations',
    staff: 'Staff',
    incident: 'Incidents',
  },
  clear: 'Take away the mark “{{name}}”',
}
