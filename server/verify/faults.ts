// What can be wrong in a database, by name, with a sentence for people.
import type { FaultCode } from '../../core/topology/index.ts'

const SENTENCES = {
  invalid: ['图形无效', 'The outline is not a valid polygon'],
  'off-lattice': ['坐标不在 1e-7 度的格点上', 'A position is not on the lattice of 1e-7 degree'],
  overlap: ['网格互相重叠', 'Grids overlap'],
  gap: ['网格之间有空隙', 'There is a gap between grids'],
  'outside-parent': ['网格超出上级网格', 'A grid sticks out of its parent'],
  'missing-vertex': ['一侧边界上缺少顶点', 'A border has a vertex on one side only'],
  'bad-ring': ['边界环不规范', 'A ring of an outline is not in its proper form'],
  'bad-nesting': ['边界环嵌套错误', 'Rings of an outline are not nested properly'],
  crossing: ['边界相交', 'Borders cross'],
  'too-near': ['顶点离另一边界太近', 'A vertex lies too near another border'],
  'outline-differs': ['上级网格的边界与下级不符', 'A parent’s outline differs from its children’s'],
  'bad-parent': ['上级网格不存在或级别不对', 'The parent is missing or of the wrong level'],
  'leaf-with-children': ['标为末级却有下级网格', 'Said to be a leaf but has children'],
  'no-children': ['标为非末级却没有下级网格', 'Said to have children but has none'],
  'grid-count': ['方案的网格数不符', 'The plan’s number of grids is wrong'],
  tally: ['人口、户数或建筑数与点位不符', 'People, households or buildings differ from what the points say'],
  sum: ['下级合计与上级不符', 'The children do not sum to their parent'],
  'kept-totals': ['保存的统计与实地不符', 'What is kept of its things and people differs from its ground'],
  'code-duplicate': ['网格编码重复', 'Two grids have the same code'],
  'code-unknown': ['编码没有登记', 'A code was never given out'],
  'code-reused': ['编码被重复使用', 'A code was given to two grids'],
  'code-prefix': ['编码不以上级编码开头', 'A code does not begin with a code of the level above'],
  'journal-gap': ['编辑日志不连续', 'Revisions of the journal are not dense'],
  'journal-differs': ['编辑日志与网格版本不符', 'The journal and the stored versions differ'],
  'version-overlap': ['同一网格的版本互相重叠', 'Versions of one grid overlap'],
  reference: ['引用的对象不存在', 'Something refers to what is not there'],
} as const satisfies Record<string, readonly [zh: string, en: string]> & Record<FaultCode, unknown>

export type FaultName = keyof typeof SENTENCES

export interface Fault {
  readonly fault: FaultName
  readonly plan: string | null
  /** Ids; empty where it is not about grids. */
  readonly grids: readonly string[]
  readonly detail: string
  /** Degrees. */
  readonly place: readonly [number, number] | null
}

export const sentenceOf = (fault: FaultName): { zh: string; en: string } => {
  const [zh, en] = SENTENCES[fault]
  return { zh, en }
}

export const faultOf = (
  fault: FaultName,
  rest: Partial<Omit<Fault, 'fault'>> & { readonly detail: string },
): Fault => ({ fault, plan: null, grids: [], place: null, ...rest })
