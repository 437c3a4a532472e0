// Incidents of a village over the whole time of the records, with their steps; totals and rates as the quota says.
import { categories } from '../../../migrations/007-incident-categories.ts'
import type { Random } from '../place.ts'
import type { Calendar } from './calendar.ts'
import { timeOf } from './days.ts'
import { phoneOf } from './identities.ts'
import { type Course, courseOf, type Outcome, PASS_ON_HOURS, type Step } from './incident-course.ts'
import { INCIDENT_KINDS, type IncidentKind } from './incident-kinds.ts'
import { surnameOf } from './names.ts'
import { type Picker, pickerOf, shuffle } from './picker.ts'
import type { Posts } from './posts.ts'
import type { Spots } from './spots.ts'
import { IMPORTED, type Spot, type Table, tableOf, type Village } from './village.ts'

interface Category {
  readonly branch: string
  readonly severity: number
  readonly hours: number
}
const CATEGORIES = new Map(
  categories.flatMap(({ category, parent, severity, hours }): [string, Category][] =>
    severity === null || hours === null ? [] : [[category, { branch: parent!, severity, hours }]],
  ),
)
/** Chengdu has no district heating. */
const WITHOUT_HEATING = '成都'
const GROUNDS = { town: 0, plain: 1, mountain: 2 } as const
const kindPickers = new Map<string, Picker<IncidentKind>>()
function kindPicker(ground: keyof typeof GROUNDS, city: string): Picker<IncidentKind> {
  const key = `${ground} ${city}`
  let picker = kindPickers.get(key)
  if (!picker) {
    picker = pickerOf(
      INCIDENT_KINDS.map(kind => {
        const cold = kind.category !== 'heating' || city !== WITHOUT_HEATING
        return [kind, cold ? kind.weights[GROUNDS[ground]] : 0] as const
      }),
    )
    kindPickers.set(key, picker)
  }
  return picker
}

type Source = 'hotline' | 'grid' | 'public' | 'camera' | 'assigned' | 'other'
const COLLECTED: Record<Source, string> = {
  hotline: '12345热线转来',
  grid: '网格员巡查发现',
  public: '居民在小程序上报',
  camera: '视频巡查发现',
  assigned: '上级交办',
  other: '来人反映',
}
/** Of a hundred from the hotline, so many come with words for a place and without the place. */
const WITHOUT_POINT = 0.007
const SAID = {
  content: ['满意，问题解决了', '处理及时，表示感谢', '比较满意', '满意'],
  not: ['处理太慢', '问题又反复了', '对答复不认可', '只解释没有解决', '希望加强日常管理'],
}

interface Drawn {
  readonly at: number
  readonly kind: IncidentKind
}

export function incidentRows(
  village: Village,
  calendar: Calendar,
  spots: Spots,
  posts: Posts,
  random: Random,
): Table[] {
  return new IncidentWriter(village, calendar, spots, posts, random).tables
}

class IncidentWriter {
  readonly #incidents = tableOf(
    'incident',
    `${IMPORTED} number source category severity title description address point reported_at reporter_name reporter_phone circulation step body_id staff_id pass_on_due due passed_on_at solved_at closed_at feedback_at satisfied`,
  )
  readonly #steps = tableOf(
    'incident_step',
    'county incident_id number step circulation at staff_id body_id note',
  )
  readonly tables: Table[] = [this.#incidents, this.#steps]

  constructor(
    private readonly village: Village,
    calendar: Calendar,
    private readonly spots: Spots,
    private readonly posts: Posts,
    private readonly random: Random,
  ) {
    const { figures, site, quota } = village
    const kinds = kindPicker(site.ground, figures.city)
    const drawn: Drawn[] = Array.from({ length: quota.incidents.total }, () => {
      const kind = kinds(random)
      return { at: calendar.instant(kind.season, kind.hours, random), kind }
    }).sort((a, b) => a.at - b.at)
    const outcomes = outcomesOf(quota.incidents, random)
    const courses = drawn.map(({ at, kind }, i) => {
      const { branch, hours, severity } = CATEGORIES.get(kind.category)!
      const grave = severityOf(severity, random)
      return {
        grave,
        course: courseOf({ at, branch, hours, severity: grave }, outcomes[i]!, calendar.now, random),
      }
    })
    const content = contentOf(
      courses.map(({ course }) => course),
      outcomes,
      quota.incidents.satisfied,
      random,
    )
    drawn.forEach((incident, i) => {
      this.#write(i, incident, courses[i]!.grave, courses[i]!.course, outcomes[i]!, content.has(i))
    })
  }

  #write(
    index: number,
    { at, kind }: Drawn,
    severity: number,
    { steps, circulation, due }: Course,
    outcome: Outcome,
    satisfied: boolean,
  ): void {
    const { random, village } = this
    const { origin, site, bodies } = village
    const spot = this.spots.pick(kind.where, random)
    const source = this.#source(kind)
    const told = source === 'hotline' || source === 'public'
    const { branch } = CATEGORIES.get(kind.category)!
    const id = random.id()
    const pick = <T>(list: readonly T[]) => list[Math.floor(random.next() * list.length)]!
    const passed = steps.find(({ step }) => step === 3)
    const last = steps.at(-1)!
    const telling = Math.floor(random.next() * kind.titles.length)
    const worker = this.posts.workerOf(spot.grid)
    const timeAt = (wanted: Step['step']) => {
      const found = steps.find(({ step }) => step === wanted)
      return found ? timeOf(found.at) : null
    }
    const solved = outcome === 'answered' || outcome === 'solved'
    const time = timeOf(at)
    this.#incidents.rows.push([
      origin.county,
      id,
      id,
      origin.importId,
      `${time.slice(0, 10).replaceAll('-', '')}${site.code.slice(6)}${String(index + 1).padStart(4, '0')}`,
      source,
      kind.category,
      severity,
      kind.titles[telling]!.replace('{w}', spot.where),
      kind.story.length === kind.titles.length ? kind.story[telling]! : pick(kind.story),
      this.#address(spot),
      source === 'hotline' && random.next() < WITHOUT_POINT ? null : spot.ewkb,
      time,
      told ? surnameOf(random) + (random.next() < 0.5 ? '先生' : '女士') : null,
      told ? phoneOf(random) : null,
      passed ? circulation : 'micro',
      last.step,
      passed ? bodies.of(branch, circulation, site) : null,
      worker,
      timeOf(at + PASS_ON_HOURS * 3_600_000),
      timeOf(due),
      passed ? timeOf(passed.at) : null,
      solved ? timeAt(4) : null,
      timeAt(6),
      timeAt(7),
      outcome === 'answered' ? satisfied : null,
    ])
    steps.forEach((step, i) => {
      const found = step.step > 1 || source === 'grid'
      this.#step(id, i + 1, step, branch, found ? worker : null, noteOf(step, source, satisfied, pick))
    })
  }

  #step(
    incident: string,
    number: number,
    { step, circulation, at }: Step,
    branch: string,
    worker: string | null,
    note: string | null,
  ): void {
    const { origin, bodies, site } = this.village
    // The centre files, passes on and closes; the body handles; the grid's worker collects, verifies, and in the micro
    // circulation handles.
    const byWorker = step === 1 || step === 5 || (step === 4 && circulation === 'micro')
    const body =
      step === 4 || step === 5 ? bodies.of(branch, circulation, site) : bodies.centre(site.town.code)
    this.#steps.rows.push([
      origin.county,
      incident,
      number,
      step,
      circulation,
      timeOf(at),
      byWorker ? worker : null,
      step === 1 && worker ? null : body,
      note,
    ])
  }

  #address({ where, grid }: Spot): string {
    const { town, name } = this.village.site
    return grid === null ? `${name}${where}` : `${town.name}${name}${where}`
  }

  #source({ category, where }: IncidentKind): Source {
    const { random } = this
    if (random.next() < this.village.figures.incidents.hotline) return 'hotline'
    if (category === 'camera') return 'camera'
    const at = random.next()
    if (where !== 'home' && at < 0.08) return 'camera'
    return at < 0.7 ? 'grid' : at < 0.88 ? 'public' : at < 0.97 ? 'assigned' : 'other'
  }
}

function noteOf(
  { step, note }: Step,
  source: Source,
  satisfied: boolean,
  pick: <T>(list: readonly T[]) => T,
): string | null {
  if (step === 1) return COLLECTED[source]
  return step === 7 ? pick(satisfied ? SAID.content : SAID.not) : note
}

/** The category's own, one more or less now and then. */
function severityOf(usual: number, random: Random): number {
  const at = random.next()
  return Math.min(4, Math.max(1, usual + (at < 0.08 ? -1 : at > 0.9 ? 1 : 0)))
}

/** Of incidents in order of time: the last are the likeliest to be open, and to be unanswered. */
function outcomesOf({ total, solved, answered }: Village['quota']['incidents'], random: Random): Outcome[] {
  const outcomes = new Array<Outcome>(total).fill('answered')
  const failed = total - solved
  const open = Math.ceil(failed * 0.58)
  const lately = Math.ceil(open * 0.7)
  const choose = (from: number, count: number, outcome: Outcome) => {
    const free: number[] = []
    for (let i = from; i < total; i++) if (outcomes[i] === 'answered') free.push(i)
    for (const i of shuffle(free, random).slice(0, count)) outcomes[i] = outcome
  }
  choose(Math.max(0, total - Math.max(Math.ceil(lately * 1.7), Math.ceil(total * 0.04))), lately, 'open')
  choose(0, open - lately, 'open')
  choose(0, failed - open, 'given-up')
  const unanswered = solved - answered
  const late = Math.min(unanswered, Math.ceil(total * 0.02))
  choose(Math.max(0, total - Math.ceil(total * 0.06)), late, 'solved')
  const chosen = outcomes.filter(outcome => outcome === 'solved').length
  choose(0, unanswered - chosen, 'solved')
  return outcomes
}

/** Which of the answered are content: those in time rather than those that came late. */
function contentOf(
  courses: readonly Course[],
  outcomes: readonly Outcome[],
  satisfied: number,
  random: Random,
): Set<number> {
  const scores: [number, number][] = []
  courses.forEach(({ steps, due }, i) => {
    if (outcomes[i] !== 'answered') return
    const late = steps.some(({ step, at }) => step === 4 && at > due)
    scores.push([random.next() - (late ? 0.45 : 0), i])
  })
  scores.sort((a, b) => b[0] - a[0])
  return new Set(scores.slice(0, satisfied).map(([, i]) => i))
}
