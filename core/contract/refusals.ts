// The sentence for every code, in the user's language. Kernel refusals and server problems share one book.
import type { RefusalCode } from '../topology/model.ts'

export type Language = 'zh' | 'en'

const REFUSALS: Record<RefusalCode, readonly [zh: string, en: string]> = {
  'misses-grid': [
    '这条线没有穿过所选网格。请从网格一侧画到另一侧。',
    'The line does not cross the selected grid. Draw it from one side of the grid to the other.',
  ],
  'touches-only': [
    '这条线只碰到网格的边界，没有穿过网格。',
    'The line only touches the border of the grid; it does not pass through it.',
  ],
  'no-effect': [
    '这条线在网格内部中断，没有把网格分开。请画到对面的边界。',
    'The line ends inside the grid and does not divide it. Draw it through to the opposite border.',
  ],
  'self-crossing': [
    '线条在此处与自身相交。请撤回一个点再画。',
    'The line crosses itself here. Take back a point and draw it again.',
  ],
  'too-narrow': [
    '此处与已有边界过近，会产生过窄的缝隙。请离边界远一点，或直接捕捉到边界的顶点。',
    'This runs too close to an existing border and would leave a sliver. Keep further away, or snap to a vertex of the border.',
  ],
  'leaves-area': ['这条线超出了方案的范围。', 'The line leaves the area of the plan.'],
  'not-adjacent': [
    '所选网格没有共同的边界，不能合并。',
    'The selected grids share no border and cannot be merged.',
  ],
  'different-parents': [
    '所选网格不属于同一个上级网格，不能合并。',
    'The selected grids do not belong to the same parent and cannot be merged.',
  ],
  'different-depths': [
    '所选网格的下级层数不同，不能合并。',
    'The selected grids are divided to different depths and cannot be merged.',
  ],
  'would-disconnect': [
    '这样会使网格分成不相连的几块。',
    'This would leave a grid in pieces that are not connected.',
  ],
  'would-empty': [
    '这样会使一个网格没有任何地面。请改用合并。',
    'This would leave a grid without any ground. Merge it instead.',
  ],
  'code-taken': [
    '这个编码已被使用过，编码不能重复使用。',
    'This code has been given before; a code is never used twice.',
  ],
  'bad-code': [
    '编码的位数或前缀不符合该层级的规则。',
    'The code does not have the digits or the beginning that its level asks for.',
  ],
  'codes-exhausted': ['编码已用完，请先重新编号。', 'The codes are used up. Renumber first.'],
  'cuts-building': ['这条线穿过了建筑物。', 'The line cuts through buildings.'],
  stale: [
    '该网格或其边界刚被他人修改。请刷新后再试，您的线条会保留。',
    'This grid or its border has just been changed by somebody else. Load the change and try again; your line is kept.',
  ],
  locked: ['该网格已锁定。', 'This grid is locked.'],
  'bad-geometry': [
    '图形无效：坐标缺失、超出范围或不构成有效的线或面。',
    'The shape is not valid: positions are missing, out of range, or make no proper line or polygon.',
  ],
  'unknown-grid': [
    '找不到该网格，它可能刚被合并或拆分。',
    'There is no such grid; it may just have been merged or split.',
  ],
}

const PROBLEMS = {
  'no-road-near': [
    '这一点附近（50 米内）没有道路。请点在道路上，或改为直线。',
    'There is no road within 50 m of this point. Click on a road, or draw straight lines.',
  ],
  'not-connected': [
    '没有道路通到这一点。请换一点，或改为直线。',
    'No road leads to this point. Choose another, or draw straight lines.',
  ],
  'unknown-plan': ['没有这个划分方案。', 'There is no such plan.'],
  'unknown-area': ['没有这个行政区。', 'There is no such area.'],
  'unknown-profile': ['没有这个层级方案。', 'There is no such level profile.'],
  'unknown-layer': ['没有这个图层。', 'There is no such layer.'],
  'unknown-tile': [
    '没有这个瓦片：缩放级别或行列号超出范围。',
    'There is no such tile: zoom, column or row is out of range.',
  ],
  'unknown-route': ['没有这个地址。', 'There is nothing at this address.'],
  'unknown-edit': ['没有这个编辑，或它已被撤销。', 'There is no such edit, or it has been undone already.'],
  'which-county': [
    '请指定划分方案 plan 或县（区）代码 county。',
    'Say which plan, or which county by its code.',
  ],
  'unknown-incident': ['没有这个事件。', 'There is no such incident.'],
  'unknown-category': ['没有这个事件类别。', 'There is no such category of incidents.'],
  'category-not-leaf': [
    '请选择更具体的事件类别：这一类下面还有细分。',
    'Choose a more specific category: this one is divided further.',
  ],
  'step-order': [
    '这一步不能接在事件的当前环节之后。请重新打开该事件，查看可以办理的环节。',
    'This step cannot follow the one the incident is at. Open the incident again to see which can be taken.',
  ],
  'step-taken': [
    '别人刚刚办理了这个事件。请重新打开，查看最新进展后再办理。',
    'Somebody else has just taken a step of this incident. Open it again and look before you go on.',
  ],
  'step-time': [
    '办理时间不能早于上一环节，也不能晚于现在。',
    'The time of a step cannot be before the last one, nor in the future.',
  ],
  'step-reason': [
    '退回、转派或上报上一级时，请写明原因。',
    'Give a reason in the note when an incident goes back, is passed on, or goes up a level.',
  ],
  'step-body': ['派遣时请选择处置部门。', 'Choose the body that is to handle the incident.'],
  'circulation-down': [
    '只有派遣时可以改变循环层级，而且只能向上。',
    'Only a dispatch can change the circulation, and only upwards.',
  ],
  'unknown-body': ['没有这个处置部门。', 'There is no such body.'],
  'unknown-staff': ['没有这个人员。', 'There is no such member of staff.'],
  'outside-areas': [
    '这个位置不在任何行政区内，无法上报。请在地图上另选位置。',
    'This place lies in no area known here, so nobody would receive the report. Choose another place on the map.',
  ],
  'grid-gone': [
    '该网格已被合并或拆分，请改看接续它的网格。',
    'This grid has been merged or split. Look at the grids that took over its ground.',
  ],
  'bad-time': [
    '时间范围不正确：结束时间必须晚于开始时间。',
    'The time range is not right: its end must come after its start.',
  ],
  'bad-box': [
    '范围 bbox 应为“西,南,东,北”四个度数，西小于东，南小于北。',
    'The bbox must be four degrees, west,south,east,north, with west before east and south before north.',
  ],
  'bad-page': ['分页标记不正确，请从第一页开始。', 'The page mark is not right. Begin with the first page.'],
  'nothing-known-here': [
    '这里没有任何数据：所画范围不在已有数据的行政区内。请移到地图上有数据的地方再画。',
    'There is no data here: the shape lies outside every area known. Draw it where the map shows something.',
  ],
  'nothing-inside': [
    '这个范围内没有找到所选的内容。可以扩大范围、更改时间或选择其他图层。',
    'Nothing of what you chose was found here. Make the shape larger, change the time, or choose other layers.',
  ],
  'nothing-selected': [
    '没有选择要统计的图层。请至少选择一项。',
    'No layer is selected. Choose at least one thing to count.',
  ],
  'shape-too-large': [
    '查询范围过大，最多 100,000 平方公里。请缩小范围。',
    'The shape is too large: at most 100,000 square kilometres. Make it smaller.',
  ],
  'shape-too-detailed': [
    '查询范围的顶点过多，最多 10,000 个。请简化后再试。',
    'The shape has too many vertices: at most 10,000. Simplify it first.',
  ],
  'bad-distance': [
    '距离应在 1 米到 50,000 米之间。',
    'The distance must lie between 1 metre and 50,000 metres.',
  ],
  'bad-number': ['数量应为 1 到 1,000 的整数。', 'The number must be a whole one from 1 to 1,000.'],
  'no-length': [
    '走廊的中心线没有长度。请至少点两个不同的位置。',
    'The line of the corridor has no length. Click at least two different places.',
  ],
  'too-many-rows': [
    '结果超过 200,000 行，无法作为一个文件下载。请缩小范围或时间。',
    'The result has more than 200,000 rows, too many for one file. Make the shape or the time smaller.',
  ],
  'nothing-to-search': ['请输入要搜索的内容。', 'Type what to search for.'],
  'unknown-revision': ['方案还没有这个版本号。', 'The plan has no such revision yet.'],
  'nothing-to-undo': ['没有可以撤销的编辑。', 'There is nothing of yours to undo.'],
  'nothing-to-redo': ['没有可以重做的编辑。', 'There is nothing to redo.'],
  'area-exists': ['这个代码的行政区已经存在。', 'An area with this code already exists.'],
  'plan-closed': ['只有草稿方案可以编辑。', 'Only a draft can be edited.'],
  'unknown-job': [
    '服务器上没有这个任务：它早已结束，或服务器重新启动过。导入记录里列出的已全部存入，没有列出的一行也没有存入。',
    'The server knows no such job: it is long over, or the server has started anew. What the list of imports shows is stored whole; of what it does not show nothing is.',
  ],
  'unknown-upload': [
    '服务器上已没有这个上传的文件：它只保留一小时，服务器重新启动后也不再保留。请重新选择文件。',
    'The server no longer has the uploaded file: it is kept for an hour, and not over a restart. Choose the file again.',
  ],
  'unknown-import': ['没有这次导入。', 'There is no such import.'],
  'unreadable-file': ['无法读取这个文件。', 'The file cannot be read.'],
  'no-repairs': ['这次导入没有修补过的图形。', 'No outline of this import was put right.'],
  'no-rejects': ['这次导入没有被拒绝的行。', 'No rows of this import were rejected.'],
  'needed-later': [
    '之后的数据依赖这次导入，不能撤回。请先撤回后来的导入或删除依赖它的内容。',
    'Later work depends on this import, so it cannot be withdrawn. Withdraw the later import, or remove what depends on it, first.',
  ],
  'withdrawn-already': ['这次导入已经撤回。', 'This import has been withdrawn already.'],
  'not-a-form': [
    '请以表单（multipart/form-data）上传文件。',
    'Upload the file as a form (multipart/form-data).',
  ],
  'bad-request': ['请求的内容不正确。', 'The request is not of the right form.'],
  'not-json': ['请求正文不是有效的 JSON。', 'The body is not valid JSON.'],
  'too-large': ['请求正文过大。', 'The body is too large.'],
  'unsupported-media-type': ['请以 application/json 发送请求正文。', 'Send the body as application/json.'],
  'idempotency-key-reused': [
    '这个 Idempotency-Key 已用于另一个请求。',
    'This Idempotency-Key was used for another request.',
  ],
  'cross-site': ['来自其他网站的请求被拒绝。', 'Requests from another site are refused.'],
  busy: ['服务器正忙，请稍后再试。', 'The server is busy. Try again in a moment.'],
  'database-unavailable': [
    '数据库暂时不可用，请稍后再试。',
    'The database cannot be reached at the moment. Try again shortly.',
  ],
  internal: ['服务器内部错误，已记入日志。', 'Something went wrong on the server; it has been logged.'],
} as const satisfies Record<string, readonly [zh: string, en: string]>

export type ProblemCode = RefusalCode | keyof typeof PROBLEMS

/** Where a code means something else for one kind of edit than for a cut: kind, code. */
const OF_KIND: Partial<Record<string, readonly [zh: string, en: string]>> = {
  'reshape misses-grid': [
    '这条线没有碰到两个网格。请从它们的共同边界画起，再画回到共同边界。',
    'The line does not meet the two grids. Draw it from the border they share back to that border.',
  ],
  'reshape touches-only': [
    '新的界线要从共同边界开始，并回到共同边界。',
    'The new course must begin on the shared border and come back to it.',
  ],
  'reshape no-effect': ['新的界线与原来的相同。', 'The new course is the same as the old one.'],
  'reshape leaves-area': [
    '新的界线穿过了第三个网格。请只在这两个网格内画。',
    'The new course runs over a third grid. Keep it within these two.',
  ],
  'reshape not-adjacent': ['这两个网格没有共同的边界。', 'These two grids share no border.'],
  'reshape different-depths': [
    '请选择同一层级的两个不同网格。',
    'Choose two different grids of the same level.',
  ],
  'reshape self-crossing': [
    '界线在此处与自身或另一条边界相交。',
    'The border would cross itself or another border here.',
  ],
  'move-vertex misses-grid': ['此处没有边界顶点。', 'There is no border vertex here.'],
  'move-vertex leaves-area': [
    '方案的外围边界与行政区一致，不能移动。',
    'The outer border of the plan follows its area and cannot be moved.',
  ],
  'move-vertex no-effect': ['顶点没有移动。', 'The vertex has not been moved.'],
  'move-vertex self-crossing': [
    '移动后边界会与另一条边界相交。',
    'The border would cross another border if moved there.',
  ],
  'insert-vertex misses-grid': ['此处没有边界。', 'There is no border here.'],
  'insert-vertex leaves-area': [
    '方案的外围边界与行政区一致，不能添加顶点。',
    'The outer border of the plan follows its area; no vertex can be added.',
  ],
  'insert-vertex no-effect': ['此处已有顶点。', 'There is a vertex here already.'],
  'insert-vertex self-crossing': ['边界会与另一条边界相交。', 'The border would cross another border.'],
  'delete-vertex misses-grid': ['此处没有边界顶点。', 'There is no border vertex here.'],
  'delete-vertex leaves-area': [
    '方案的外围边界与行政区一致，不能删除顶点。',
    'The outer border of the plan follows its area; its vertices stay.',
  ],
  'delete-vertex no-effect': [
    '三个以上网格在此交会，这个顶点不能删除，但可以移动。',
    'Three or more borders meet here; the vertex can be moved but not taken out.',
  ],
  'delete-vertex self-crossing': [
    '删除后边界会与另一条边界相交。',
    'Without this vertex the border would cross another border.',
  ],
  'transfer-area misses-grid': [
    '所画范围内没有要划出的网格的地面。',
    'None of the ground of the giving grid lies inside the drawn area.',
  ],
  'transfer-area bad-geometry': ['请画一条闭合的线。', 'Draw a closed line.'],
  'transfer-area different-depths': [
    '只能划给同一层级的网格。',
    'Ground can only be given to a grid of the same level.',
  ],
  'transfer-area would-empty': [
    '所画范围包含了整个网格。请改用合并。',
    'The whole grid lies inside the drawn area. Merge it instead.',
  ],
  'push no-effect': [
    '界线还没有扫过任何一个下级网格的中部。请推得再远一些；被推入的网格没有下级时，请改用“改界”或“界点”。',
    'The border has not swept over the middle of any grid below yet. Push further; where the grid that loses has none below, reshape the border instead.',
  ],
  'push not-adjacent': ['这两个网格没有共同的边界。', 'These two grids share no border.'],
  'push different-depths': ['请选择同一层级的两个网格。', 'Choose two grids of the same level.'],
  'push would-empty': [
    '这样会使被推入的网格没有任何地面。请改用合并。',
    'The grid that is pushed into would be left without any ground. Merge it instead.',
  ],
  'simplify leaves-area': [
    '方案的外围边界与行政区一致，不能简化。',
    'The outer border of the plan follows its area and stays as it is.',
  ],
  'simplify self-crossing': [
    '简化后边界会与另一条边界相交。请减小允许的偏移。',
    'The simpler border would cross another one. Allow it to move less.',
  ],
  'simplify too-narrow': [
    '简化后会产生过窄的缝隙。请减小允许的偏移。',
    'The simpler border would leave a sliver. Allow it to move less.',
  ],
  'transfer-grids would-empty': [
    '所选网格是一级网格，或是其上级仅有的下级网格，不能整个划走。请改用合并。',
    'It is a grid of level 1, or all that its parent has. Merge it instead.',
  ],
  'transfer-grids no-effect': [
    '所选网格已经在这个网格之内。',
    'The chosen grids are inside that grid already.',
  ],
  'carve misses-grid': ['所画范围内没有网格。', 'There is no grid inside the drawn area.'],
  'carve bad-geometry': ['请画一条闭合的线。', 'Draw a closed line.'],
  'carve would-empty': [
    '所画范围包含了整个上级网格，没有剩余的部分。',
    'The whole parent lies inside the drawn area; nothing would remain.',
  ],
  'carve different-depths': ['第四级网格不能再划分。', 'A grid of level 4 cannot be divided further.'],
  'reparent different-depths': [
    '新的上级必须正好高一级，并且已有下级网格。',
    'The new parent must be of the level above and have grids below it already.',
  ],
  'reparent no-effect': ['该网格已经属于这个上级。', 'The grid is under this parent already.'],
  'reparent would-empty': [
    '它是原上级的唯一下级网格，移走后原上级没有地面。',
    'It is the only grid under its parent, which would be left without ground.',
  ],
  'simplify no-effect': ['这条边界已经足够简单。', 'This border is as simple already.'],
  'simplify not-adjacent': ['这两个网格没有共同的边界。', 'These two grids share no border.'],
  'partition bad-geometry': ['各部分没有恰好铺满上级网格。', 'The parts do not tile their parent exactly.'],
  'partition different-depths': ['第四级网格不能再划分。', 'A grid of level 4 cannot be divided further.'],
  'renumber no-effect': ['编号已经是这个次序。', 'The numbers are in this order already.'],
  'rename no-effect': ['名称没有变化。', 'The name is the same.'],
  'recode no-effect': ['编码没有变化。', 'The code is the same.'],
  'change-kind no-effect': ['类型没有变化。', 'The kind is the same.'],
  'lock no-effect': ['锁定状态没有变化。', 'Nothing changes about the lock.'],
}

/** @param kind of the edit that was refused */
export const sentence = (code: ProblemCode, language: Language, kind?: string): string => {
  const said =
    OF_KIND[`${kind} ${code}`] ??
    (code in REFUSALS ? REFUSALS[code as RefusalCode] : PROBLEMS[code as keyof typeof PROBLEMS])
  return said[language === 'zh' ? 0 : 1]
}
