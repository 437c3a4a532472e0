// Starts the page.
import '@mantine/core/styles.css'
import '@mantine/dropzone/styles.css'
import '@mantine/notifications/styles.css'
import './app/look/page.css'
import './app/look/dock.css'
import './app/look/work.css'
import './app/look/table.css'
import './app/look/check.css'
import './app/look/colour.css'
import './app/look/panels.css'
import './app/look/frame.css'
import './app/look/card.css'
import './app/look/query.css'
import './app/look/search.css'
import './app/look/analyst.css'
import './app/look/incidents.css'
import './app/look/imports.css'
import './app/look/narrow.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { queries } from './api/queries.ts'
import { App } from './app/App.tsx'
import { ErrorBoundary } from './app/ErrorBoundary.tsx'
import { startLanguage } from './app/i18n.ts'
import { keepAddress } from './app/keep-address.ts'
import { Themed } from './app/Themed.tsx'
import { resumeImport } from './imports/acts.ts'
import { followBorderMode } from './planner/border-session.ts'
import { followOthersEdits } from './planner/follow-edits.ts'

await startLanguage()
keepAddress()
followBorderMode()
followOthersEdits()
void resumeImport()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <Themed>
    <ErrorBoundary>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </ErrorBoundary>
  </Themed>,
)
