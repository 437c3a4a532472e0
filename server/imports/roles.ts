// What the columns of each layer can be, and the names they come under.
import type { ImportLayer } from '../../core/contract/imports.ts'

export interface Role {
  readonly role: string
  readonly zh: string
  readonly en: string
  readonly names: readonly string[]
  readonly required?: true
  /** A column of this role says which layer the file is. */
  readonly telling?: true
}

const role = (
  name: string,
  zh: string,
  en: string,
  names: string,
  more: Pick<Role, 'required' | 'telling'> = {},
): Role => ({ role: name, zh, en, names: [zh, ...names.split(/\s+/).filter(Boolean)], ...more })

const TELLING = { telling: true } as const
const REQUIRED = { required: true, telling: true } as const

const KEY = role(
  'source_key',
  '编号',
  'own number',
  'osm_id @id full_id id fid gid objectid 序号 唯一编码 标识码 bsm',
)
const NAME = role(
  'name',
  '名称',
  'name',
  '名字 设施名称 场所名称 点位名称 学校名称 小区名称 建筑名称 楼栋名称 楼名 河流名称 水系名称 mc xm 标准名称 name:zh name_zh name_chn',
)
const KIND = role('kind', '类型', 'kind', 'type 用途 类别 种类 性质 fclass landuse lx yt')
const X = role('x', '经度', 'longitude or easting', '东经 lng lon long longitude 横坐标 x坐标 point_x')
const Y = role('y', '纬度', 'latitude or northing', '北纬 lat latitude 纵坐标 y坐标 point_y')
const PLACE = [X, Y, role('wkt', '几何', 'geometry as WKT', 'wkt geom geometry the_geom')]
const ADDRESS = role(
  'address',
  '地址',
  'address',
  '住址 现住址 居住地址 详细地址 户籍地址 门牌地址 标准地址 注册地址 经营地址 单位地址 企业地址 addr full_address 地点 事发地址 位置',
)
const BUILDING = role(
  'building',
  '楼栋',
  'building',
  '建筑物编号 楼栋编号 building_id building_key 建筑编号 楼号 栋号 幢号',
)
const PHONE = role(
  'phone',
  '电话',
  'phone',
  '联系电话 手机 手机号 手机号码 电话号码 联系方式 tel telephone mobile',
)
const SEX = role('sex', '性别', 'sex', 'gender xb', TELLING)
const PERSONS = role(
  'persons',
  '人口',
  'people',
  '人数 人口数 实有人口 常住人口 总人口 居住人数 population pop people totpop tot_pop pop_total rks',
)
const HOUSEHOLDS = role('households', '户数', 'households', '户 总户数 居住户数 households_count hs')

export const ROLES: Record<ImportLayer, readonly Role[]> = {
  areas: [
    KEY,
    role(
      'name',
      '名称',
      'name',
      '名字 行政区 区划名称 行政区名称 xzqmc mc 县名 乡镇 社区名称 村名 namelsad',
      { required: true },
    ),
    role(
      'code',
      '区划代码',
      'division code',
      '代码 行政区代码 行政区划代码 xzqdm adcode admincode code pac 统计用区划代码',
      TELLING,
    ),
  ],
  grids: [
    role('id', '编号', 'own number', 'grid_id id fid gid objectid'),
    role(
      'code',
      '网格编码',
      'grid code',
      '网格代码 网格编号 编码 代码 code grid_code wgbm wgdm bm dm 区划代码 xzqdm adcode',
      TELLING,
    ),
    role('name', '网格名称', 'name', '名称 网格名 名字 name grid_name wgmc mc 区划名称 xzqmc', TELLING),
    role(
      'level',
      '网格层级',
      'level',
      '层级 网格级别 级别 网格等级 等级 级 level grid_level wgjb wgcj cj',
      TELLING,
    ),
    role(
      'parent',
      '上级编码',
      'parent',
      '上级 上级代码 上级网格 上级网格编码 父级 父级编码 所属网格 parent parent_code parent_id sjbm sjwg',
      TELLING,
    ),
    role('kind', '网格类型', 'kind', '类型 网格类别 类别 kind grid_kind wglx'),
  ],
  buildings: [
    KEY,
    NAME,
    KIND,
    role(
      'storeys',
      '层数',
      'storeys',
      '楼层数 楼层 地上层数 总层数 building:levels levels floors floor num_floors cs',
      TELLING,
    ),
    PERSONS,
    HOUSEHOLDS,
  ],
  addresses: [
    KEY,
    NAME,
    role(
      'street',
      '街道',
      'street',
      'addr:street addr:place 路名 街路巷 街路巷名称 道路名称 street_name',
      TELLING,
    ),
    role(
      'house_number',
      '门牌号',
      'house number',
      'addr:housenumber housenumber 号 门牌 number house_no',
      TELLING,
    ),
    role('postcode', '邮编', 'postcode', 'addr:postcode 邮政编码 zip zipcode'),
    role('place', '社区', 'place', 'addr:suburb addr:city city 村 社区名称 村居 行政村'),
    ...PLACE,
  ],
  households: [
    role(
      'source_key',
      '户编号',
      'number of the household',
      '户号 户口簿号 household_id household_no 户籍号 编号 id',
      REQUIRED,
    ),
    role('number', '户门牌', 'number at the door', '门牌号 室号 房号 room'),
    role(
      'persons',
      '户人数',
      'people in the household',
      '人数 人口数 家庭人口 家庭人数 常住人口 persons people size',
    ),
    role('tenure', '住房性质', 'owned, rented or collective', '房屋性质 居住性质 产权 tenure'),
    role('low_income', '低保', 'low income', '低保户 是否低保 low_income'),
    BUILDING,
    ADDRESS,
    ...PLACE,
  ],
  residents: [
    role('source_key', '人员编号', 'own number', '编号 id person_id resident_id'),
    role(
      'household',
      '户编号',
      'number of the household',
      '户号 户口簿号 household_id household_no 户籍号',
      REQUIRED,
    ),
    role('name', '姓名', 'name', 'name xm 人员姓名', { required: true }),
    SEX,
    role(
      'born',
      '出生日期',
      'date of birth',
      '出生年月 生日 出生年月日 birth birthday date_of_birth dob born csrq',
      TELLING,
    ),
    role(
      'id_number',
      '身份证号',
      'ID number',
      '身份证 身份证号码 公民身份号码 证件号码 id_number idcard sfzh',
      TELLING,
    ),
    PHONE,
    role('relation', '与户主关系', 'relation to the head', '关系 户主关系 relation'),
    role(
      'registration',
      '户籍类型',
      'registered or floating',
      '人口类型 人口性质 户籍性质 是否流动人口 registration',
    ),
    role('pregnant', '孕妇', 'pregnant', '是否孕妇 怀孕 孕产妇'),
    role('disabled', '残疾', 'disabled', '残疾人 是否残疾'),
    role('chronically_ill', '慢性病', 'chronically ill', '慢病 是否慢性病 慢性病患者'),
    role('lives_alone', '独居', 'lives alone', '是否独居 独居老人'),
    role('party_member', '党员', 'Party member', '是否党员 中共党员 政治面貌'),
    role('work', '职业', 'work', '工作单位 从业 occupation job'),
  ],
  roads: [
    KEY,
    role('name', '名称', 'name', '名字 道路名称 路名 街巷名称 name:zh ref mc'),
    role(
      'class',
      '道路等级',
      'class of road',
      '等级 fclass highway road_class 道路类型 class type kind 类型',
      TELLING,
    ),
  ],
  water: [
    KEY,
    NAME,
    role('kind', '水系类型', 'kind of water', 'fclass waterway natural 类型 类别 type', TELLING),
  ],
  green: [KEY, NAME, role('kind', '绿地类型', 'kind of green', 'fclass landuse 类型 类别 type', TELLING)],
  facilities: [
    KEY,
    NAME,
    role('category', '大类', 'category', '设施大类 category', TELLING),
    role('kind', '小类', 'kind', '设施类型 fclass amenity 类型 类别 种类 用途 type poi_type', TELLING),
    ...PLACE,
  ],
  organisations: [
    role('source_key', '机构编号', 'own number', '编号 id 企业编号'),
    role('name', '单位名称', 'name', '名称 企业名称 机构名称 公司名称 单位 company name 字号', {
      required: true,
    }),
    role('kind', '单位类型', 'kind', '类型 机构类型 企业类型 类别 type'),
    role('industry', '行业', 'industry', '所属行业 行业类别 industry', TELLING),
    role(
      'credit_code',
      '统一社会信用代码',
      'credit code',
      '信用代码 社会信用代码 组织机构代码 uscc',
      TELLING,
    ),
    role('employees', '从业人数', 'employees', '职工人数 员工数 员工人数 从业人员 employees', TELLING),
    role('special_equipment', '特种设备', 'special equipment', '特种设备数'),
    role('key_place', '重点场所', 'key place', '重点部位'),
    role('floor_area_m2', '建筑面积', 'floor area, m²', '面积 经营面积 floor_area'),
    role('contact', '联系人', 'contact', '负责人 法人 法定代表人 法人代表'),
    PHONE,
    BUILDING,
    ADDRESS,
    ...PLACE,
  ],
  staff: [
    role('source_key', '工号', 'staff number', '编号 人员编号 staff_id id', TELLING),
    role('name', '姓名', 'name', '名字 人员姓名 网格员 网格员姓名 网格长 name', { required: true }),
    SEX,
    PHONE,
    role('force', '力量类型', 'force', '队伍 人员类型 用工性质 force', TELLING),
    role('force_kind', '力量小类', 'kind of force', '人员小类 身份'),
    role('team', '班组', 'team', '职责 工作组 team', TELLING),
    role('body', '处置部门', 'body', '部门 所属部门 工作单位 单位 department', TELLING),
    role('party_member', '党员', 'Party member', '是否党员 政治面貌'),
    role('role', '岗位', 'post', '岗位名称 职务 角色 担任职务 post position title', TELLING),
    role(
      'grid',
      '所属网格',
      'grid',
      '网格编码 网格代码 网格编号 网格名称 网格 责任网格 包保网格 grid_code grid_name',
      TELLING,
    ),
  ],
  incidents: [
    role(
      'source_key',
      '事件编号',
      'number',
      '编号 案件编号 工单编号 工单号 case_id incident_id uid id',
      TELLING,
    ),
    role(
      'category',
      '事件类别',
      'category',
      '类别 事件类型 问题类别 案件类型 类型 事项分类 offense_code offense_type category type',
      TELLING,
    ),
    role('title', '标题', 'title', '事件标题 摘要 事项 主题 title'),
    role('description', '内容', 'description', '描述 事件描述 问题描述 诉求内容 description'),
    role('severity', '等级', 'severity 1–4', '严重程度 紧急程度 severity'),
    role('source', '来源', 'source', '事件来源 渠道 诉求来源 source'),
    role(
      'reported_at',
      '上报时间',
      'reported at',
      '时间 发生时间 事发时间 受理时间 报案时间 诉求时间 date_single date datetime date_time reported_at created_date 日期',
      REQUIRED,
    ),
    role('solved_at', '解决时间', 'solved at', '处置时间 办结时间 solved_at'),
    role('closed_at', '结案时间', 'closed at', '关闭时间 closed_at'),
    role('satisfied', '是否满意', 'satisfied', '满意度 满意'),
    role('reporter_name', '上报人', 'reported by', '诉求人 报案人 联系人'),
    role('reporter_phone', '上报人电话', "reporter's phone", '联系电话 电话 手机'),
    ADDRESS,
    ...PLACE,
  ],
  catalogue: [KEY, NAME, ...PLACE],
}
