// What people call the posts on a grid.
const ROLES: readonly (readonly [role: string, words: RegExp])[] = [
  ['head', /网格长|楼长|楼门长|楼栋长|单元长|小组长|中心户|^组长|head/],
  ['cadre', /干部|书记|主任|委员|包片|包保|cadre/],
  ['enforcement', /执法|城管|enforcement/],
  ['police', /民警|警察|police/],
  ['doctor', /医生|医护|doctor/],
  ['informant', /信息员|联络员|informant/],
  ['volunteer', /志愿|volunteer/],
  ['assistant', /协管|辅助|助理|assistant/],
  ['worker', /网格员|专管员|worker/],
]
/** Who is listed with a grid and nothing else works in it. */
const USUAL = 'worker'
const LONGEST = 40

/** The role of a post; a word that is not known stays as it is. */
export function postRole(word: string | null): string {
  if (word === null) return USUAL
  const plain = word.normalize('NFKC').trim().toLowerCase()
  return ROLES.find(([role, words]) => role === plain || words.test(plain))?.[0] ?? word.slice(0, LONGEST)
}

/** Grids as they stand in one cell: 一网格、二网格. */
export const gridsOf = (cell: string | null): string[] => [
  ...new Set(
    (cell ?? '')
      .split(/[、，,;；\n]/)
      .map(word => word.trim().replace(/^(\d+)\.0+$/, '$1'))
      .filter(Boolean),
  ),
]
