// A file on its way to the server, with how much of it has arrived; `fetch` cannot tell.
import type { Inspection } from '../../core/contract/imports.ts'
import { acceptLanguage, failureOf, unreachable } from '../api/call.ts'
import type { Parcel } from './parcels.ts'

/** @param onShare from 0 to 1; at 1 the server has all of it and reads */
export const sendParcel = (
  { files }: Parcel,
  onShare: (share: number) => void,
  signal: AbortSignal,
): Promise<Inspection> =>
  new Promise((resolve, reject) => {
    const body = new FormData()
    for (const file of files) body.append('file', file, file.name)
    const request = new XMLHttpRequest()
    request.open('POST', '/api/uploads')
    request.setRequestHeader('Accept-Language', acceptLanguage())
    request.setRequestHeader('Idempotency-Key', crypto.randomUUID())
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0)
    request.upload.onload = () => onShare(1)
    request.onerror = () => reject(unreachable())
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    request.onload = async () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(JSON.parse(request.responseText) as Inspection)
        return
      }
      reject(await failureOf(new Response(request.responseText, { status: request.status })))
    }
    signal.addEventListener('abort', () => request.abort())
    request.send(body)
  })
