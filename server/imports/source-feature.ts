// What reading a file yields: one feature of the source, its shape in the source's own coordinates, its attributes as text.
import type { Sentence } from './unreadable.ts'

export interface SourceShape {
  readonly kind: 'point' | 'line' | 'polygon'
  /** Per part its rings (a point or line has one), flat `x0,y0,x1,y1,…`. */
  readonly parts: readonly (readonly (readonly number[])[])[]
}

/** Why a row is not imported. */
export interface Reason extends Sentence {
  readonly code: string
}

export interface SourceFeature {
  /** Number of the feature in its file, from 1. */
  readonly number: number
  /** Name of the layer within the file. */
  readonly layer: string
  /** The source's own identity of it, when it has one. */
  readonly key: string | null
  readonly shape: SourceShape | null
  readonly tags: Readonly<Record<string, string>>
  /** Set when the feature could be found in the file, but not read. */
  readonly problem: Reason | null
}

export const FORMATS = ['osm-xml', 'osm-pbf', 'geojson', 'gpkg', 'shp', 'flatgeobuf', 'kml', 'csv'] as const
export type Format = (typeof FORMATS)[number]

/** What is known of a file once it is open. */
export interface SourceFile {
  readonly name: string
  readonly format: Format
  /** SHA-256 of the file as it came, packed or not. */
  readonly hash: string
  readonly bytes: number
  /** A PROJ or EPSG name of the coordinates that follow; null when the file does not say. */
  readonly crs: string | null
}
