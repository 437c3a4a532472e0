// What incidents of each category look like: how common, where, when, and how they are told.
import type { Hours, Season } from './calendar.ts'

export type Where = 'home' | 'street' | 'trade' | 'factory' | 'water' | 'field'

export interface IncidentKind {
  readonly category: string
  /** How common in a town, on the plain, in the mountains. */
  readonly weights: readonly [number, number, number]
  readonly where: Where
  readonly season: Season
  readonly hours: Hours
  /** Titles; {w} is where. */
  readonly titles: readonly string[]
  /** What is said; as many as titles where each belongs to one. */
  readonly story: readonly string[]
}

/** category|town plain mountain|where season hours|titles with /|stories with / */
const TEXT = `
theft|3 4 1|home even night|{w}住户反映物品被盗/{w}电动车电瓶被盗|家中无人时门锁被撬，损失现金和香烟，已报警。/早上起来发现电瓶不见了，楼下监控角度照不到。
fight|1 1 .4|trade festival night|{w}有人打架/{w}酒后争执|两拨人因停车发生口角后动手，请尽快到场。/几名男子酒后发生推搡，店主担心事态扩大。
gambling|.6 1 .8|home festival night|{w}疑似聚众打牌赌博|每天晚上有人聚在屋里打牌，声音很大，怀疑涉及赌博。
fraud|1.4 1 .7|home even day|{w}居民接到冒充客服电话/{w}老人险遭电信诈骗|对方自称平台客服要求退款转账，居民起疑后来电，请协助核实宣传。/老人已到银行准备汇款，被工作人员劝阻，希望社区上门提醒。
suspicious-person|.8 .9 .5|home even evening|{w}有陌生人徘徊|连续两天有陌生男子挨家敲门推销保健品，住户感到不安。
noise-at-night|6 3 .8|home summer night|{w}夜间噪声扰民/{w}广场舞音量过大|楼上深夜拖动家具，多次沟通无果。/音响声音太大，孩子无法休息，希望有人劝导。
stray-dog|2 2.5 2|street even evening|{w}有流浪犬出没/{w}不拴绳遛狗|三四条流浪狗在路口追人，有小孩被吓哭。/有人遛大型犬不拴绳，昨天差点咬到老人。
neighbours|4 4 3|home even day|{w}邻里因漏水发生纠纷/{w}邻里通道纠纷|楼上卫生间渗水泡坏了天花板，双方对赔偿意见不一。/邻居在共用通道堆放杂物，多次劝说后发生争吵。
family|1.6 1.8 1.2|home festival evening|{w}家庭纠纷求助|夫妻因家务和孩子教育争吵，邻居反映情绪激动，请调解员上门。/兄弟因老人赡养问题争执，老人请求村里调解。
land|.1 2 2.4|field harvest day|{w}承包地边界纠纷|两户对田埂位置有争议，春耕前需要丈量确认。/流转土地租金未按时支付，农户要求协调。
wages|.8 1.8 .3|factory winter office|{w}工人反映拖欠工资|十余名工人反映两个月工资未发，负责人电话不接。/工地班组结算未到位，工人要求年前付清。
property-management|5 .4 0|home even day|{w}物业服务投诉/{w}楼道照明长期不亮|电梯间卫生差，物业费上涨却没有公示。/楼道灯坏了一周没人修，物业电话无人接听。
consumer|1.6 .8 .3|trade even day|{w}消费纠纷|预付卡充值后门店停业，要求退还余额。/购买的家电有质量问题，商家拒绝退换。
traffic-damage|1.2 1.6 .8|street even day|{w}剐蹭事故纠纷|两车轻微剐蹭，双方对责任认定有分歧，造成路口拥堵。
fire-hazard|2.4 3 2|factory winter office|{w}存在消防隐患/{w}灭火器过期|车间内易燃物与电焊作业未分开，通道堆放纸箱。/检查发现多具灭火器压力不足，消火栓被遮挡。
blocked-escape|3 1 .2|home even day|{w}消防通道被占用|私家车长期停在消防通道上，紧急情况下消防车无法进入。
e-bike-charging|3.6 2 .3|home summer evening|{w}电动车飞线充电/{w}电动车进楼充电|从三楼窗户拉下接线板给电动车充电，下面就是杂物堆。/有人把电瓶带进电梯，担心起火。
gas|1.6 1.6 .8|trade winter meals|{w}闻到燃气味/{w}液化气瓶违规存放|厨房附近有明显燃气味，已开窗，请立即派人检查。/餐馆后厨存放多个气瓶，软管老化。
electricity|1 2 1.4|home summer day|{w}线路老化/{w}私拉电线|外墙电线绝缘皮开裂，下雨时有火花。/出租房私拉电线，多个大功率电器同时使用。
production-safety|.6 3.4 .3|factory even office|{w}安全生产隐患|行车吊钩无防脱装置，工人未戴安全帽。/粉尘收集装置停用，地面积尘较厚。
dangerous-house|.7 1 1.8|home rain day|{w}房屋墙体开裂/{w}老屋有倒塌危险|连续下雨后墙体裂缝变宽，屋内住着老人。/老屋屋架变形，旁边是孩子上学必经之路。
flooding|1.4 2 1.2|street rain day|{w}积水严重/{w}雨水倒灌|暴雨后积水约三十厘米，车辆无法通行。/排水沟被树叶堵住，雨水倒灌进院子。
street-vending|5 2 .3|street even evening|{w}占道摆摊|每天傍晚多个烧烤摊占用人行道，行人只能走机动车道。/菜贩在路口占道经营，收摊后留下垃圾。
piled-goods|3 2.4 1.2|street even day|{w}乱堆乱放|建筑材料堆在人行道上一周无人清理。/门前堆放废旧家具，影响通行。
posters|2.6 1.4 .3|street even day|{w}小广告较多|电线杆和墙面贴满小广告，请清理。
bad-parking|8 3 1.6|street even evening|{w}车辆乱停放/{w}车辆堵住出入口|两侧停满车，会车困难，早晚高峰经常堵。/有车堵住单元门口，留的电话打不通。
bicycle-parking|3 1 .1|street even day|{w}非机动车乱停|电动车停满人行道，盲道被占。
signboards|.8 .5 .1|trade even day|{w}店招存在坠落风险|招牌一角松动，刮风时摇晃。
rubbish|5 4 3.4|street summer day|{w}垃圾未及时清运/{w}有人倾倒垃圾|垃圾三天没有清运，天热有异味。/空地上有人倾倒装修垃圾，担心越堆越多。
straw-burning|0 1.8 1.2|field harvest evening|{w}焚烧秸秆|田里有明火，烟往居民区飘。/有人在地边烧杂草，请到场制止。
sewage|.7 1.6 .7|water even day|{w}污水排入沟渠|沟水发黑有异味，疑似附近作坊排放。/化粪池外溢，污水流入河道。
river-litter|.6 1.6 1.4|water rain day|{w}河道有漂浮物|桥下聚集大量塑料瓶和水草。/上游漂来树枝，堵在闸口。
dust|1.4 2 .4|street even day|{w}扬尘较大|渣土车经过未覆盖，路面尘土飞扬。/空地裸土未覆盖，刮风时灰尘很大。
cooking-fumes|2.8 1 .2|trade even meals|{w}餐饮油烟扰民|烟道正对居民窗户，做饭时间油烟味很重。
factory-fumes|.4 2.2 .1|factory even evening|{w}工厂异味|傍晚开始有刺鼻气味，住户不敢开窗。
low-income|.7 .9 1.6|home even office|{w}困难家庭申请救助|家中主要劳动力生病住院，生活困难，咨询低保申请。
medical-insurance|2 1.6 1.4|home winter office|{w}咨询医保缴费|老人不会使用手机缴费，请求上门协助。/异地就医报销比例咨询。
pension|1.2 1.4 1.4|home even office|{w}养老待遇咨询|到龄未收到养老金，请协助查询。/高龄补贴认证不会操作。
disability-service|.5 .6 .7|home even office|{w}申请残疾人辅具|轮椅损坏，申请更换。/申请家庭无障碍改造。
employment|1 1.2 .9|home even office|{w}求职帮扶|失业在家三个月，希望介绍就近的工作。
water-cut|2.6 2 2.2|home summer day|{w}停水/{w}水压不足|从早上起没有水，未见停水通知。/高层水压低，晚饭时间基本没有水。
power-cut|2 2 2|home summer evening|{w}停电|突然停电，邻居家也没有电。/电压不稳，空调无法启动。
heating|3.6 .6 2|home winter day|{w}室温不达标/{w}暖气不热|室内只有十四度，家里有婴儿。/暖气片下半部分冰凉，物业说要等。
elderly-alone|1 1 1.6|home even day|{w}独居老人需要帮助|老人两天没有出门，敲门无人应答，邻居请求查看。/独居老人摔倒后行动不便，需要送医。
lift|3 0 0|home even day|{w}电梯故障/{w}电梯困人|电梯停在四楼不动，楼里有老人上不去。/电梯困住一人，已联系维保单位。
bus|1 1.2 1.4|street even day|{w}公交候车时间长|早高峰等了四十分钟，希望加密班次。
schooling|1.2 1 .4|home school office|{w}入学政策咨询|外来务工人员子女入学需要哪些材料。
certificate|1.6 1.4 1.2|home even office|{w}证明办理咨询|办理居住证明，村里说要先登记。
unregistered-tenant|1.4 2.4 .2|home even evening|{w}出租房租户未登记|新搬来四名租客，房东未登记信息。
overcrowding|1.8 1.2 0|home even evening|{w}疑似群租|一套三居室住了十余人，进出频繁，噪声大。
rental-fire-hazard|1.2 2 .2|home winter evening|{w}出租房消防隐患|出租房仅一个出口，窗户装有固定铁栏。
rent-dispute|1.4 1.2 .1|home even day|{w}押金退还纠纷|退租后房东不退押金，租客请求协调。
short-let|.8 .3 .6|home summer evening|{w}日租房扰民|民宿客人半夜吵闹，院门常开。
new-structure|1 1.8 1.4|home even office|{w}在建违法建筑|院内正在浇筑二层，未见审批公示。
roof-structure|1.2 .6 .2|home even day|{w}楼顶加盖|楼顶搭建彩钢棚，担心漏水和坠落。
courtyard-structure|1 1.2 1|home even day|{w}院内私搭乱建|一楼住户围占公共绿地搭建小棚。
farmland|0 1 .9|field even office|{w}占用耕地|耕地上堆放砂石并硬化地面。
manhole|2.6 1.6 .8|street rain day|{w}井盖破损/{w}井盖缺失|井盖缺了一角，车辆经过响声很大。/井盖不见了，夜间行人容易踩空，已临时摆放树枝提醒。
street-lamp|3 2.4 2|street winter night|{w}路灯不亮|连续三盏路灯不亮，晚上出行不便。/路灯闪烁，灯罩破损。
hydrant|.5 .4 .1|street even day|{w}消火栓漏水|消火栓接口漏水，周围地面湿滑。
distribution-box|.6 .5 .2|street even day|{w}配电箱门敞开|箱门未锁，线缆裸露，附近有孩子玩耍。
camera|.4 .5 .3|street even office|{w}监控设备离线|巡查发现设备离线，立杆倾斜。
rain-grate|1 .8 .2|street rain day|{w}雨水箅子堵塞|箅子被泥沙堵住，雨天积水。
carriageway|2 2.6 2|street rain day|{w}路面破损/{w}路面坑洼|坑槽约半米宽，电动车容易摔倒。/水泥路面断板，雨后积水看不清。
pavement|1.6 .6 .1|street even day|{w}人行道砖松动|地砖松动缺失，老人绊倒。
traffic-sign|.8 .8 .4|street even day|{w}标志牌倾斜|限速标志被撞歪，看不清。
traffic-light|.6 .4 .1|street even day|{w}信号灯故障|红灯不亮，路口秩序混乱。
guard-rail|.6 .7 .9|street even day|{w}护栏损坏|护栏被撞断一段，有安全隐患。
bus-shelter|.4 .4 .3|street even day|{w}站亭破损|候车亭顶棚破裂，下雨无法避雨。
bin|1 .6 .4|street summer day|{w}果皮箱破损|果皮箱箱体脱落。
public-toilet|.8 .6 1|street summer day|{w}公厕卫生差|公厕无人打扫，没有水冲洗。
waste-station|1.2 1.2 1|street summer day|{w}收集点脏乱|分类桶摆放混乱，污水横流。
billboard|.5 .3 .1|street rain day|{w}广告牌破损|大风后广告布脱落，悬在半空。
street-tree|1.4 1 .6|street rain day|{w}树枝遮挡路灯/{w}行道树倾斜|树枝遮住信号灯和路灯，请修剪。/大雨后树干倾斜，担心倒向人行道。
lawn|.9 .4 .1|street summer day|{w}绿地被踩踏|草坪大面积枯死，有人在里面种菜。
bench|.3 .2 .1|street even day|{w}座椅损坏|座椅木条断裂，容易划伤。
flower-bed|.4 .2 .1|street even day|{w}花坛破损|花坛石材脱落。
river-rail|.4 .7 .5|water even day|{w}河堤护栏缺失|护栏缺失约三米，旁边常有小孩经过。
notice-board|.2 .3 .3|street even office|{w}公示栏破损|玻璃破裂，内容看不清。
fitness-equipment|.6 .6 .5|street even day|{w}健身器材损坏|扶手松动，老人使用时差点摔倒。
overhead-wire|1 1.2 1|street rain day|{w}线缆下垂|通信线缆下垂，货车经过容易刮到。
exposed-rubbish|3 2 1|street summer day|{w}暴露垃圾|巡查发现路边散落生活垃圾。
dirty-road|2 1.2 .3|street even day|{w}路面不洁|路面有油污，行人滑倒。
building-waste|1.6 1.4 .6|street even day|{w}堆放渣土|装修渣土倾倒在绿化带旁。
overflowing-drain|1.6 1 .4|street rain day|{w}污水外溢|检查井冒水，污水流到路面。
damaged-green|.5 .3 .1|street even day|{w}绿化带脏乱|绿化带内有大量塑料袋。
illegal-advert|.5 .3 .1|trade even day|{w}违规设置广告|未经审批设置大型广告牌。
hanging-banner|.6 .3 .1|street festival day|{w}违规悬挂横幅|树上悬挂商业横幅。
leaflets|.6 .2 0|street even day|{w}散发传单|路口有人向车窗内塞传单。
graffiti|.5 .3 .1|street even day|{w}墙面涂鸦|新刷的墙面被喷涂电话号码。
site-dust|1 .8 .1|street even day|{w}工地扬尘|工地未洒水，出入口没有冲洗设施。
night-work|1.8 .8 .1|home summer night|{w}夜间施工噪声|凌晨仍在浇筑混凝土，影响休息。
road-occupation|.8 .6 .3|street even day|{w}施工占道|围挡占用半幅路，没有警示灯。
spilled-load|.8 .8 .3|street even day|{w}路面遗撒|货车遗撒砂石约五十米。
burst-pipe|.8 .7 .5|street winter day|{w}水管爆裂|自来水管爆裂，水柱两米高。
fallen-tree|.5 .8 1.2|street rain day|{w}树木倒伏|大树倒在路上，双向无法通行。
road-collapse|.2 .2 .2|street rain day|{w}路面塌陷|路面出现直径一米的坑，已临时围挡。
fallen-wire|.4 .5 .5|street rain day|{w}线缆坠落|电缆落在人行道上，不知是否带电。
shop-spillover|3 1 .2|trade even evening|{w}店外经营|店铺将货物摆到人行道上。
unlicensed-stall|2 1 .3|street even evening|{w}流动摊贩|流动摊点在校门口售卖食品，无证照。
shared-bicycles|2 .2 0|street summer day|{w}共享单车堆积|共享单车倒了一片，挡住盲道。
drying-clothes|.6 .4 .1|street summer day|{w}沿街晾晒|行道树间拉绳晾晒衣被。
`

export const INCIDENT_KINDS: readonly IncidentKind[] = TEXT.trim()
  .split('\n')
  .map(line => {
    const [category, weights, place, titles, story] = line.split('|') as [
      string,
      string,
      string,
      string,
      string,
    ]
    const [where, season, hours] = place.split(' ') as [Where, Season, Hours]
    const [town, plain, mountain] = weights.split(' ').map(Number) as [number, number, number]
    return {
      category,
      weights: [town, plain, mountain],
      where,
      season,
      hours,
      titles: titles.split('/'),
      story: story.split('/'),
    }
  })
