// Of a long list only the rows that can be seen are made: rows of one height in a box that scrolls.
import { type RefObject, useCallback, useEffect, useState } from 'react'

/** Rows above and below the box that are made too, so that nothing is blank while scrolling. */
const SPARE = 8

export interface RowsInView {
  first: number
  /** One past the last. */
  end: number
  /** How many fit into the box. */
  page: number
  /** Scrolls just so far that a row can be seen. */
  reveal: (index: number) => void
}

export function useRowsInView(
  box: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
  /** Heights of what sticks to the upper and lower edge of the box. */
  stuck: { head: number; foot: number } = { head: 0, foot: 0 },
): RowsInView {
  const [topRow, setTopRow] = useState(0)
  const [height, setHeight] = useState(600)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const look = () => {
      setTopRow(Math.floor(element.scrollTop / rowHeight))
      setHeight(element.clientHeight)
    }
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    look()
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [box, rowHeight])
  const { head, foot } = stuck
  const reveal = useCallback(
    (index: number) => {
      const element = box.current
      if (!element || index < 0) return
      const above = index * rowHeight
      const below = above + rowHeight + head + foot - element.clientHeight
      if (element.scrollTop > above) element.scrollTop = above
      else if (element.scrollTop < below) element.scrollTop = below
    },
    [box, rowHeight, head, foot],
  )
  const page = Math.max(1, Math.floor((height - head - foot) / rowHeight))
  const first = Math.max(0, Math.min(count, topRow) - SPARE)
  return { first, end: Math.min(count, first + page + 2 * SPARE + 1), page, reveal }
}
