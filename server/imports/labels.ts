// What encodings, coordinate systems and datums are called when somebody chooses one.
import type { Datum } from '../../core/contract/imports.ts'
import type { Sentence } from './unreadable.ts'

const label = (zh: string, en: string): Sentence => ({ zh, en })

export const ENCODING_LABELS: readonly { value: string; label: Sentence }[] = [
  { value: 'utf-8', label: label('UTF-8', 'UTF-8') },
  { value: 'gb18030', label: label('GB 18030（含 GBK、GB 2312）', 'GB 18030 (with GBK and GB 2312)') },
  { value: 'big5', label: label('Big5（繁体）', 'Big5 (traditional)') },
  { value: 'utf-16le', label: label('UTF-16', 'UTF-16') },
  { value: 'windows-1252', label: label('西欧 Windows-1252', 'Western, Windows-1252') },
]

export const DATUM_LABELS: readonly { value: Datum; label: Sentence }[] = [
  { value: 'wgs84', label: label('WGS 84（GPS）', 'WGS 84 (GPS)') },
  { value: 'cgcs2000', label: label('CGCS2000（国家大地坐标）', 'CGCS2000 (national)') },
  { value: 'gcj02', label: label('GCJ-02（高德、腾讯等）', 'GCJ-02 (Amap, Tencent …)') },
  { value: 'bd09', label: label('BD-09（百度）', 'BD-09 (Baidu)') },
]

export function crsLabel(crs: string): Sentence {
  const code = Number(/^EPSG:(\d+)$/i.exec(crs)?.[1])
  if (code === 4490) return label('CGCS2000 经纬度', 'CGCS2000 degrees')
  if (code === 4326) return label('WGS 84 经纬度', 'WGS 84 degrees')
  if (code === 3857) return label('Web 墨卡托', 'Web Mercator')
  if (code >= 4491 && code <= 4501) return zone(6, 75 + (code - 4491) * 6, code - 4491 + 13)
  if (code >= 4513 && code <= 4533) return zone(3, 75 + (code - 4513) * 3, code - 4513 + 25)
  if (code >= 4534 && code <= 4554) return zone(3, 75 + (code - 4534) * 3, null)
  if (code > 32600 && code <= 32660) return label(`UTM ${code - 32600}N`, `UTM ${code - 32600}N`)
  return label(crs, crs)
}

const zone = (width: number, meridian: number, number: number | null): Sentence =>
  label(
    `CGCS2000 高斯-克吕格 ${width}° 带，中央经线 ${meridian}°${number === null ? '（无带号）' : `（带号 ${number}）`}`,
    `CGCS2000 Gauss–Krüger ${width}°, meridian ${meridian}°${number === null ? ' (no zone number)' : ` (zone ${number})`}`,
  )
