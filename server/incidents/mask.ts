// Personal data as the API shows it: enough to recognise somebody whom one knows, no more (product.md, Privacy).

/** 138****5678; a short number shows its last two digits. */
const phone = (text: string | null): string | null => {
  if (!text) return null
  if (text.length < 8) return `${'*'.repeat(Math.max(0, text.length - 2))}${text.slice(-2)}`
  return `${text.slice(0, 3)}${'*'.repeat(text.length - 7)}${text.slice(-4)}`
}

/** 张**: the first character, which in Chinese is the family name. */
const name = (text: string | null): string | null => {
  if (!text) return null
  const [first = '', ...rest] = text
  return first + '*'.repeat(rest.length)
}

export const mask = { phone, name }
