// The commands by name.
import type { Command } from './command.ts'
import { demo } from './demo.ts'
import { importCommand } from './import.ts'
import { migrate } from './migrate.ts'

export const COMMANDS: Record<string, Command> = { migrate, demo, import: importCommand }

export const USAGE = [
  'Usage: npx huage COMMAND',
  '  serve                    open the database, load the demo when it is empty, serve the page',
  ...Object.values(COMMANDS).map(command => `  ${command.usage}`),
  'Environment: HUAGE_DATA (default ./data), DATABASE_URL, HOST, PORT',
].join('\n')
