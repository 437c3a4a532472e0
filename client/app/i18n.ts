// Chinese first, English second; every string of the page comes from here, typed.
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { usePage } from './state.ts'
import { en } from './words.en.ts'
import { type Words, zh } from './words.zh.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Words }
    returnNull: false
  }
}

const tag = (language: 'zh' | 'en') => (language === 'zh' ? 'zh-CN' : 'en')

export async function startLanguage(): Promise<void> {
  const { language } = usePage.getState()
  document.documentElement.lang = tag(language)
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh',
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
    pluralSeparator: '__',
  })
  usePage.subscribe((now, before) => {
    if (now.language === before.language) return
    localStorage.setItem('huage.language', now.language)
    document.documentElement.lang = tag(now.language)
    void i18next.changeLanguage(now.language)
  })
}
