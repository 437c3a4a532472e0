// The sentences of search in Chinese.

export const searchZh = {
  open: '搜索',
  short: '搜索网格、地址、人员…',
  label: '搜索网格编码或名称、地址、建筑、设施、单位、人员、行政区、事件编号；也可用拼音首字母',
  placeholder: '编码、名称、地址、编号，或拼音首字母',
  hint: '例如：网格编码“510124…”，“幸福路12号”，或拼音首字母“tjjd”。',
  keys: '↑ ↓ 选择，回车前往，Esc 关闭',
  searching: '正在搜索…',
  failed: '搜索没有成功',
  nothing: '没有找到“{{q}}”。可以换一个名称、编码的一部分，或拼音首字母。',
  found: '找到 {{n}} 条',
  most: '只列出最相符的 {{n}} 条',
  noPlace: '没有位置，地图上无法显示。',
  shortcut: '快捷键 Ctrl+K 或 /',
  kind: {
    grid: '网格',
    area: '行政区',
    address: '地址',
    building: '建筑',
    facility: '设施',
    organisation: '单位',
    staff: '人员',
    incident: '事件',
  },
  clear: '取消标记“{{name}}”',
}
export type SearchWords = typeof searchZh
