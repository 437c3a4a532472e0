// Keys for everything that the mouse does; never while somebody types.

import { closeImport, openImport } from '../imports/acts.ts'
import { useImportDesk } from '../imports/desk.ts'
import { borderMode } from '../planner/border-edits.ts'
import { saveGive } from '../planner/give-session.ts'
import { saveMerge } from '../planner/merge-session.ts'
import { finishBorder } from '../planner/point-at.ts'
import { begin, isEditTool, TOOL_KEYS } from '../planner/tools.ts'
import { redo, undo } from '../planner/undo.ts'
import { openSearch } from '../search/search-box.ts'
import { usePage } from './state.ts'
import { WORKSPACES } from './workspaces.tsx'

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  )
}
const isControl = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('button, a, [role=option], [role=row], [role=tab]') !== null

function finish(): void {
  const { mode, input } = usePage.getState()
  if (borderMode(mode)) finishBorder()
  else if (input({ on: 'finish' })?.do === 'save') {
    if (mode.mode === 'merge') void saveMerge()
    if (mode.mode === 'give') void saveGive()
  }
}

function reverse(isRedo: boolean): void {
  const { plan, mode, input } = usePage.getState()
  if (borderMode(mode) || mode.mode === 'draw-area' || mode.mode === 'draw-query') {
    if (!isRedo) input({ on: 'back' })
  } else if (plan && mode.mode === 'browse') void (isRedo ? redo(plan) : undo(plan))
}

export function onKey(event: KeyboardEvent): void {
  if (isTyping(event.target) || event.defaultPrevented) return
  const { input, mode, work } = usePage.getState()
  const { edits } = WORKSPACES[work]
  const key = event.key.toLowerCase()
  const command = event.ctrlKey || event.metaKey
  if ((command && key === 'k') || (key === '/' && !command && !event.altKey)) {
    event.preventDefault()
    openSearch()
    return
  }
  if (command && edits && (key === 'z' || key === 'y')) {
    event.preventDefault()
    reverse(key === 'y' || event.shiftKey)
    return
  }
  if (command || event.altKey) return
  // What is drawn on the map belongs to a dock that the import panel covers.
  if (useImportDesk.getState().open) {
    if (key === 'escape' || key === 'i') closeImport()
    return
  }
  if (key === 'i') {
    openImport()
    return
  }
  const tool = edits ? TOOL_KEYS.get(key) : undefined
  if (tool && isEditTool(tool)) begin(tool)
  else if (key === 'escape') {
    usePage.getState().set({ fault: null, found: null })
    input({ on: 'escape' })
  } else if (key === 'delete' && mode.mode === 'vertex') {
    event.preventDefault()
    input({ on: 'remove' })
  } else if (key === 'backspace' && mode.mode !== 'browse') {
    event.preventDefault()
    input({ on: 'back' })
  } else if (key === 'enter' && !isControl(event.target)) finish()
}
