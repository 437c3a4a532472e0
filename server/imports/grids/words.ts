// What importing grids changed and why a grid could not be taken, in both languages.
import { LATTICE, type Position, type RejectedGrid, type RepairChange } from '../../../core/topology/index.ts'
import type { Reason } from '../source-feature.ts'
import type { Sentence } from '../unreadable.ts'

export type GridChangeKind = RepairChange['what'] | 'code-given' | 'name-given' | 'kind-unknown'

/** A grid as the report names it. */
export interface NamedGrid {
  readonly id: string
  readonly code: string
  readonly name: string
}

export interface GridChange extends Sentence {
  readonly what: GridChangeKind
  /** Who won or was changed first, then who lost. */
  readonly grids: readonly NamedGrid[]
  readonly squareMetres: number
  readonly place: Position
}

/** Each kind of change by itself, for sums. */
export const KIND_WORDS: Record<GridChangeKind, Sentence> = {
  'gap-filled': { zh: '空白归入相邻网格', en: 'gaps that went to a neighbour' },
  'gap-left': { zh: '不属于任何网格、保留的空白', en: 'gaps in no grid, left open' },
  'overlap-given': { zh: '重叠归入一方', en: 'overlaps given to one grid' },
  'border-moved': { zh: '边界修正', en: 'borders put right' },
  'parent-outline-moved': { zh: '上级边界改为下级之和', en: 'outlines that are now what their children are' },
  'outline-put-right': {
    zh: '去掉轮廓上的重复点、尖刺、自交',
    en: 'outlines with repeats, spikes or crossings put right',
  },
  'parent-found': { zh: '按位置找到上级', en: 'parents found by place' },
  'code-given': { zh: '编号', en: 'codes given' },
  'name-given': { zh: '取名', en: 'names given' },
  'kind-unknown': { zh: '类型不认识，按基础网格', en: 'unknown kinds, taken as basic' },
}

const called = ({ code, name }: NamedGrid): string => `${name} (${code})`

/** `detail`: what the file said. */
export function sentenceOf(
  what: GridChangeKind,
  grids: readonly NamedGrid[],
  squareMetres: number,
  detail: string | null = null,
): Sentence {
  const [first, ...others] = grids.map(called)
  const area = `${squareMetres.toLocaleString('en', { maximumFractionDigits: 2 })} m²`
  const sign = squareMetres > 0 ? '+' : ''
  switch (what) {
    case 'gap-filled':
      return { zh: `空白 ${area} 归入 ${first}`, en: `a gap of ${area} went to ${first}` }
    case 'gap-left':
      return { zh: `空白 ${area} 不属于任何网格，保留`, en: `a gap of ${area} in no grid was left open` }
    case 'overlap-given':
      return {
        zh: `重叠 ${area} 归入 ${first}，不再属于 ${others.join('、')}`,
        en: `an overlap of ${area} went to ${first}, no longer to ${others.join(', ')}`,
      }
    case 'border-moved':
      return {
        zh: `${first} 的边界修正，面积 ${sign}${area}`,
        en: `the border of ${first} was put right, area ${sign}${area}`,
      }
    case 'parent-outline-moved':
      return {
        zh: `${first} 的边界改为其下级网格之和，面积 ${sign}${area}`,
        en: `the outline of ${first} is now what its children are, area ${sign}${area}`,
      }
    case 'outline-put-right':
      return {
        zh: `${first} 的轮廓有重复点、尖刺或自交，已修正`,
        en: `the outline of ${first} had repeats, spikes or crossings and was put right`,
      }
    case 'parent-found':
      return {
        zh: `${first} 没有写明上级，按位置归入 ${others.join('、')}`,
        en: `${first} names no parent; by its place it came under ${others.join(', ')}`,
      }
    case 'code-given':
      return detail === null
        ? { zh: `${first} 没有代码，已编号`, en: `${first} had no code and got one` }
        : {
            zh: `代码“${detail}”不合本级规则或重复，改为 ${first}`,
            en: `the code "${detail}" does not fit its level or stands twice; it is now ${first}`,
          }
    case 'name-given':
      return { zh: `没有名称，取名 ${first}`, en: `had no name and is called ${first}` }
    case 'kind-unknown':
      return {
        zh: `${first} 的类型“${detail}”不认识，按基础网格处理`,
        en: `the kind "${detail}" of ${first} is not known; it is a basic grid`,
      }
  }
}

const at = (place: Position | null): string => place?.map(step => step / LATTICE).join(', ') ?? '?'

export function reasonOf({ why, place }: RejectedGrid): Reason {
  switch (why) {
    case 'no-parent':
      return {
        code: why,
        zh: `不在任何上级网格内(位置 ${at(place)})`,
        en: `lies in no grid of the level above (at ${at(place)})`,
      }
    case 'unknown-parent':
      return { code: why, zh: '上级网格本身没有导入', en: 'is under a grid that was itself rejected' }
    case 'no-ground':
      return {
        code: why,
        zh: `全部范围已属于其他网格(位置 ${at(place)})`,
        en: `has no ground of its own: all of it belongs to others (at ${at(place)})`,
      }
    default:
      return {
        code: why,
        zh: `边界无法修复(${why},位置 ${at(place)})`,
        en: `has an outline that cannot be put right (${why} at ${at(place)})`,
      }
  }
}
