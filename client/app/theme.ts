// The look of panels and controls: one accent, quiet greys, 14 px, 4/8 px rhythm, system fonts.
import { createTheme, type MantineColorsTuple } from '@mantine/core'

const accent: MantineColorsTuple = [
  '#eef3ff',
  '#dbe4fb',
  '#b6c7f3',
  '#8ea8ec',
  '#6c8ee6',
  '#567de2',
  '#3f68d8',
  '#2f55c8',
  '#2848ad',
  '#1f3b92',
]

export const FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif'

export const theme = createTheme({
  fontFamily: FONT,
  headings: { fontFamily: FONT, fontWeight: '600' },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: { accent },
  defaultRadius: 'sm',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '18px' },
  cursorType: 'pointer',
  autoContrast: true,
  respectReducedMotion: true,
})
