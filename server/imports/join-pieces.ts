// Objects that an extract by tiles has cut are made whole again: polygons by their union, lines as one of several parts.
import { union } from '@turf/turf'
import type { Feature, MultiPolygon, Polygon } from 'geojson'
import { LATTICE } from '../../core/topology/model.ts'
import type { SourceFeature, SourceShape } from './source-feature.ts'

/** Of the pieces of one object, in lattice steps. Null when they cannot be joined; then the first stays as it is. */
export function joinPieces(pieces: readonly SourceFeature[]): SourceFeature | null {
  const [first] = pieces
  const kind = first!.shape!.kind
  const shapes = pieces.map(piece => piece.shape!).filter(shape => shape.kind === kind)
  const parts = shapes.flatMap(shape => shape.parts)
  if (kind !== 'polygon') return { ...first!, shape: { kind, parts } }
  const features = parts.map(rings => polygon(rings))
  try {
    const joined = features.length === 1 ? features[0]! : union({ type: 'FeatureCollection', features })
    return joined === null ? null : { ...first!, shape: shapeOf(joined.geometry) }
  } catch {
    // The library gives up on some degenerate rings.
    return null
  }
}

function polygon(rings: readonly (readonly number[])[]): Feature<Polygon> {
  return {
    type: 'Feature',
    properties: {},
    geometry: {
      type: 'Polygon',
      coordinates: rings.map(flat => {
        const positions: [number, number][] = []
        for (let i = 0; i < flat.length; i += 2) positions.push([flat[i]! / LATTICE, flat[i + 1]! / LATTICE])
        return positions
      }),
    },
  }
}

function shapeOf(geometry: Polygon | MultiPolygon): SourceShape {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const steps = (degrees: number) => Math.round(degrees * LATTICE) + 0
  return {
    kind: 'polygon',
    parts: polygons.map(rings => rings.map(ring => ring.flatMap(([x, y]) => [steps(x!), steps(y!)]))),
  }
}
