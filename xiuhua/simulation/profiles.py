"""What is punished on the synthetic streets: which causes, how often, of whom, by which units, with which facts.

The weights are invented, the shape is the report's: vendors and shops trading beyond their door lead the summary cases,
appearance of the city, construction waste, buildings and group rental the ordinary ones. Ranges, limits and conditions
are not here: they come from the reference data on the day of the case.
"""

from __future__ import annotations

from dataclasses import dataclass

SQUADS, BRIGADES, ENVIRONMENT = "squads", "brigades", "environment"


@dataclass(frozen=True, slots=True)
class Profile:
    """A cause as it occurs. `parties`, `where` and `things` are words parted by blanks; the two counts are weights.

    `facts` and `scene` say what happened and what the officers saw; {n} is a small number, {thing} one of `things`.
    `corrected` is how often an ordered correction is found done; `winter` over 1 means more of it in cold months;
    `units` is the span of what a range by tonne or by multiple is counted in; `expert`: a test report is in evidence.
    """

    code: str
    trade: str
    parties: str
    where: str
    summary: int
    ordinary: int
    facts: str
    scene: str
    things: str = "物品"
    corrected: float = 0.85
    winter: float = 1.0
    units: tuple[int, int] = (0, 0)
    expert: bool = False


C, B, U = "citizen", "individual_business", "organisation"

# fmt: off
PROFILES = (
    Profile("SR11", "shop", f"{C}", "squads brigades", 330, 90,
            "在人行道上摆设{thing}摊位一个，占地约{n}平方米，经劝告拒不离开",
            "人行道上有{thing}摊位一个，占地约{n}平方米，妨碍行人通行",
            "水果 蔬菜 小商品 烤红薯 盒饭 手机配件 鲜花 早点", winter=0.8),
    Profile("SR14", "food", f"{C} {B} {B} {U}", "squads brigades", 230, 110,
            "超出店铺门窗外墙摆放{thing}经营，占地约{n}平方米", "店门外摆放{thing}，超出门窗外墙约{n}平方米",
            "桌椅 货架 冰柜 烟酒 水果筐", winter=0.8),
    Profile("SR12", "site", f"{B} {U} {U}", "squads brigades", 40, 90,
            "在人行道上堆放{thing}，占地约{n}平方米", "人行道上堆放{thing}，占地约{n}平方米，未办理占道手续",
            "建筑材料 货物 装修材料 废旧家具"),
    Profile("SR13", "site", f"{B} {U}", "squads", 30, 10,
            "经批准占道作业，未保持周围环境整洁，散落{thing}约{n}平方米", "占道作业区域周围散落{thing}约{n}平方米",
            "渣土 垃圾 材料"),
    Profile("SR08", "shop", f"{B} {U}", "squads", 40, 15,
            "临时设施周围堆有{thing}，不整洁约{n}平方米", "临时设施周围堆有{thing}约{n}平方米", "垃圾 杂物"),
    Profile("SR16", "muck", f"{C} {U}", "squads brigades", 50, 5,
            "驾驶{plate}车辆上路行驶，车身污泥未清洗", "{plate}车辆车身及轮胎沾有污泥", "污泥", winter=1.3),
    Profile("SR17", "shop", f"{C}", "squads", 20, 0, "在道路上随地便溺", "路面有便溺痕迹"),
    Profile("SR18", "shop", f"{C}", "squads", 60, 0, "在道路上乱扔{thing}", "路面有其丢弃的{thing}", "烟蒂 纸屑 果皮"),
    Profile("SR20", "site", f"{C} {U}", "squads environment", 30, 15,
            "露天焚烧{thing}约{n}公斤", "空地上有正在焚烧的{thing}约{n}公斤，伴有烟尘", "树叶 垃圾 木料", winter=1.6),
    Profile("SR21", "shop", f"{U}", "squads", 30, 20, "占用人行道从事经营性洗车，占地约{n}平方米",
            "店外人行道上正在冲洗车辆，占地约{n}平方米"),
    Profile("SR23", "site", f"{U}", "squads brigades", 40, 30, "工地向围栏外排放{thing}，污染路面约{n}平方米",
            "工地出入口外路面有{thing}约{n}平方米", "污水 泥浆 粉尘"),
    Profile("SR26", "shop", f"{U}", "squads", 40, 20, "从事{thing}，污水外流约{n}平方米", "店外路面有污水约{n}平方米",
            "车辆修理 车辆清洗 废品收购"),
    Profile("SR29", "food", f"{U}", "squads environment", 40, 20, "餐厨垃圾未单独收集，与其他垃圾混放，共{n}桶",
            "后场有餐厨垃圾{n}桶，与生活垃圾混放"),
    Profile("ZT03", "muck", f"{U}", "squads brigades", 50, 15, "所属{plate}渣土车未随车携带处置证",
            "{plate}渣土车装载渣土，驾驶员不能出示处置证"),
    Profile("SR01", "shop", f"{B} {U}", "squads", 0, 55, "未履行市容环卫责任区义务，责任区内有{thing}约{n}平方米",
            "责任区内有{thing}约{n}平方米未清除", "垃圾 油污 积水", corrected=0.25, winter=1.2),
    Profile("SR05", "advert", f"{U}", "squads brigades", 0, 30, "擅自设置户外广告设施一处，面积约{n}平方米",
            "外墙设有户外广告设施一处，面积约{n}平方米，不能出示设置许可", corrected=0.45),
    Profile("SR06", "shop", f"{B} {U}", "squads", 0, 50, "擅自设置店招店牌一块，面积约{n}平方米",
            "店面上方设有店招一块，面积约{n}平方米，不符合设置规范", corrected=0.4),
    Profile("SR09", "estate", f"{C} {U}", "squads", 0, 20, "擅自张贴{thing}，共{n}处", "墙面和电线杆上张贴{thing}{n}处",
            "招租广告 开锁广告 招聘广告", corrected=0.3),
    Profile("SR19", "food", f"{C} {U}", "squads environment", 0, 40, "向道路倾倒{thing}，污染路面约{n}平方米",
            "路面有倾倒的{thing}约{n}平方米", "泔水 污水 垃圾"),
    Profile("SR22", "shop", f"{U}", "squads", 0, 10, "集贸市场内{n}处摊位周围不整洁", "市场内{n}处摊位周围有垃圾和积水",
            corrected=0.3),
    Profile("SR24", "site", f"{U}", "squads brigades", 0, 40, "工地未设置封闭围栏，缺口约{n}米",
            "工地沿路一侧围栏缺失约{n}米"),
    Profile("SR25", "site", f"{U}", "squads", 0, 10, "工程竣工后未清除建筑垃圾约{n}立方米",
            "竣工场地内留有建筑垃圾约{n}立方米"),
    Profile("ZT01", "site", f"{U}", "squads brigades", 0, 30, "未取得处置证处置建筑垃圾约{n}立方米",
            "工地正在外运渣土约{n}立方米，不能出示处置证"),
    Profile("ZT02", "muck", f"{U}", "squads brigades", 0, 30, "未取得运输许可证，以{plate}车辆承运渣土约{n}立方米",
            "{plate}车辆装载渣土约{n}立方米，不能出示运输许可证"),
    Profile("ZT04", "muck", f"{U}", "squads brigades", 0, 45, "擅自倾倒建筑垃圾约{n}立方米",
            "空地上有新倾倒的建筑垃圾约{n}立方米", winter=1.2),
    Profile("ZT05", "muck", f"{U}", "squads brigades", 0, 85,
            "所属{plate}车辆装载渣土约{n}立方米上路，车厢未密闭、未覆盖",
            "{plate}车辆车厢装有渣土约{n}立方米，顶部未覆盖"),
    Profile("ZT06", "muck", f"{U}", "squads brigades", 0, 20, "运输中散落渣土约{n}平方米，拒不清除",
            "路面散落渣土约{n}平方米", corrected=0.4),
    Profile("ZT07", "site", f"{C} {U}", "squads", 0, 25, "将装修垃圾约{n}吨倒于非指定场所", "路边有装修垃圾约{n}吨",
            units=(1, 12)),
    Profile("WJ03", "estate", f"{C} {C} {U}", "squads", 0, 45, "在物业区域内违法搭建{thing}，面积约{n}平方米",
            "屋外搭有{thing}，面积约{n}平方米，不能出示许可", "阳光房 棚屋 砖墙"),
    Profile("WJ04", "estate", f"{C}", "squads", 0, 20, "装修房屋时拆除承重墙体约{n}平方米",
            "屋内承重墙体被拆除约{n}平方米", expert=True),
    Profile("WJ05", "estate", f"{C} {U}", "squads", 0, 25, "占用楼道等共用部分约{n}平方米",
            "楼道内设有{thing}，约{n}平方米", "隔断 铁门 储物柜"),
    Profile("WJ06", "estate", f"{C} {U}", "squads", 0, 25, "擅自将住宅改作{thing}使用，面积约{n}平方米",
            "住宅内正在经营{thing}，面积约{n}平方米", "餐饮 美容 旅馆 仓库"),
    Profile("QZ01", "estate", f"{C} {C} {U}", "squads", 0, 60, "将住宅分隔成{n}间出租，不符合人均面积规定",
            "住宅内分隔成{n}间，均有人居住", corrected=0.8),
    Profile("DL01", "site", f"{U}", "squads brigades", 0, 25, "未经批准占用城市道路约{n}平方米",
            "路面设有围挡，占用道路约{n}平方米，不能出示许可"),
    Profile("DL02", "shop", f"{B} {U}", "squads", 0, 15, "擅自占用人行道设置{thing}{n}处", "人行道上设有{thing}{n}处",
            "地锁 台阶 斜坡", corrected=0.4),
    Profile("LH01", "site", f"{C} {U}", "squads", 0, 15, "损坏绿化约{n}平方米", "绿地内植物被毁约{n}平方米",
            units=(300, 4000)),
    Profile("HD02", "site", f"{U}", "squads environment", 0, 10, "向河道倾倒{thing}约{n}立方米",
            "河岸边有新倾倒的{thing}约{n}立方米", "泥浆 垃圾"),
    Profile("HB01", "food", f"{B} {U}", "environment", 0, 40, "经营餐饮，油烟净化设施未正常使用，灶头{n}个",
            "厨房有灶头{n}个，油烟净化器电源关闭", expert=True),
    Profile("HB03", "food", f"{B} {C}", "squads environment", 0, 25, "在店外露天烧烤，炉具{n}个",
            "店外有烧烤炉{n}个正在使用", winter=0.5),
    Profile("HB04", "site", f"{U}", "environment", 0, 25, "施工工地未采取有效防尘措施，裸土约{n}00平方米",
            "工地内裸土约{n}00平方米未覆盖"),
    Profile("JT01", "transport", f"{C}", "brigades", 0, 35, "驾驶{plate}小客车非法载客，乘客{n}人",
            "{plate}小客车内有乘客{n}人"),
    Profile("RQ02", "food", f"{C} {U}", "squads environment", 0, 8, "在不符合安全条件的场所使用液化气瓶{n}个",
            "厨房隔壁有人居住，存放液化气瓶{n}个", corrected=0.6),
)
# fmt: on
