// What stands on the blocks of a generated place: buildings with their doors, greens, ponds, drives and footpaths.
import type { Block, Filling, Frame, Line, Random, Use } from '../place.ts'
import { fillHospital, fillOffice, fillSchool, fillShops, fillSquare } from './civic.ts'
import { linesAtCorners, linesNear } from './corners.ts'
import { fillEstate } from './estate.ts'
import { fillFactory, fillYard } from './factory.ts'
import { fillHamlet } from './hamlet.ts'
import { fillHouses } from './houses.ts'
import { fillOldTown } from './old-town.ts'
import { fillFields, fillGreenhouses, fillIdle, fillLake, fillPark } from './open.ts'
import { Stand } from './stand.ts'

export { homesOf } from './home.ts'

const FILLERS: Record<Use, (stand: Stand) => void> = {
  estate: fillEstate,
  'old-town': fillOldTown,
  houses: fillHouses,
  hamlet: fillHamlet,
  factory: fillFactory,
  shops: fillShops,
  office: fillOffice,
  school: fillSchool,
  hospital: fillHospital,
  square: fillSquare,
  park: fillPark,
  yard: fillYard,
  field: stand => fillFields(stand, 'farmland'),
  orchard: stand => fillFields(stand, 'orchard'),
  greenhouse: fillGreenhouses,
  forest: stand => stand.cover('forest'),
  lake: fillLake,
  idle: fillIdle,
}

/**
 * Each block has a random stream of its own: what one gets does not depend on what the others get, only on the roads and
 * waters that reach it.
 * @param waters of the place: a wide river may reach a block that it only passes by
 */
export function fill(
  layoutBlocks: readonly Block[],
  frame: Frame,
  random: Random,
  waters: readonly Line[] = [],
): Filling {
  const touching = linesAtCorners(layoutBlocks)
  const passing = linesNear(waters, frame)
  const parts = layoutBlocks.map((block, i) => {
    const stand = new Stand(block, frame, random.fork(`block ${i} ${block.grid} ${block.ring[0]}`))
    for (const { from, to, halfWidth } of [...touching(block), ...passing(block, stand.ground.box)])
      stand.ground.take([frame.metres(from), frame.metres(to)], halfWidth)
    FILLERS[block.use](stand)
    return stand.filling()
  })
  return {
    buildings: parts.flatMap(({ buildings }) => buildings),
    greens: parts.flatMap(({ greens }) => greens),
    lines: parts.flatMap(({ lines }) => lines),
    ponds: parts.flatMap(({ ponds }) => ponds),
  }
}
