// What reading a file yields: one feature of the source, its shape in the source's own coordinates, its attributes as text.
import type { CRS_SOURCES } from '../../core/contract/imports.ts'
import type { Encoding } from './encodings.ts'
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

export const FORMATS = [
  'osm-xml',
  'osm-pbf',
  'geojson',
  'topojson',
  'gpkg',
  'shp',
  'flatgeobuf',
  'kml',
  'dxf',
  'csv',
  'xlsx',
  'ods',
] as const
export type Format = (typeof FORMATS)[number]

export interface SourceLayer {
  readonly name: string
  /** Null: not counted beforehand. */
  readonly features: number | null
}

/** What is known of a file once it is open. */
export interface SourceFile {
  readonly name: string
  readonly format: Format
  /** SHA-256 of the file as it came, packed or not. */
  readonly hash: string
  readonly bytes: number
  readonly layers: readonly SourceLayer[]
  readonly encoding: Encoding
  /** A PROJ or EPSG name of its coordinates; null: degrees, or not known (`crsHow` tells). */
  readonly crs: string | null
  readonly crsHow: (typeof CRS_SOURCES)[number]
  /** When the file does not say: what it could be, likely ones first. */
  readonly crsCandidates: readonly string[]
  readonly swapAxes: boolean
  /** Of the first shapes. */
  readonly kinds: readonly SourceShape['kind'][]
  /** What the file lacks, though it can be read. */
  readonly lacks: readonly Reason[]
}
