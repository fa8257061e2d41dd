"""Codes of answers in the words people read, Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from kg.browse import Neighbour, Thing
from kg.case_facts import Case, LevelOfEnterprise
from kg.effects.effect import POINTS, Summary
from kg.entities import Evidence, Ref
from kg.standards.standard import RelatedStandard, Standard, StandardLink
from ontology.conditions import load_conditions
from ontology.schema import schema

DECISIONS: Mapping[str, str] = {
    "matched": "匹配",
    "candidates": "候选场景，请人工判断",
    "no_scene": "没有合适的典型场景",
}
CONTRIBUTION = {
    "scene": "场景", "text": "文字", "dense": "语义", "industry": "行业", "level": "层级",
    "place": "地区", "recency": "年份", "grade": "来源等级", "effects": "有成效数据",
}  # fmt: skip
LEAST_SHOWN = 0.005  # of a contribution to a score
HAS = {
    "solution": "有方案",
    "supplier": "有供应商",
    "effects": "有成效数据",
    "standard": "有标准",
    "replication": "有复制推广记录",
}
FIT_BASIS = {
    "used": "已有案例使用", "published": "公开发布", "claimed": "供应商自述",
    "assigned": "由我们标注", "described": "由文字描述匹配",
}  # fmt: skip
WORD_KIND = {
    "synonym": "同义词",
    "abbreviation": "缩写",
    "word": "场景用词",
    "name": "场景名称或编号",
    "background": "背景词",
    "stop": "停用词",
}
EFFECT_KIND = {
    "change": "变化", "points": "变化", "difference": "变化", "level": "达到", "count": "数量",
}  # fmt: skip
NAMED_BY = {"id": "编号", "code": "代码", "name": "名称", "alias": "其他名称"}
NAME_MATCH = {
    "exact": "完全一致",
    "prefix": "开头一致",
    "initials": "拼音首字母",
    "within": "包含",
}
TAUGHT = {
    "guide": "见于指引方案的场景文字",
    "case": "见于该场景的案例",
    "composed": "由训练文本学得",
}
VERDICT = {
    "met": "符合",
    "not_met": "不符合",
    "not_met_exception_possible": "不符合，但通知留有例外",
    "unknown": "未知",
}
BASIS_OF_COVERAGE = {
    "stated": "企业填报",
    "mapped": "企业填报其他版本的名称，按对应关系换算",
    "matched": "由文字描述匹配",
    "attested": "来源记载的企业案例，是否属于该工厂未必写明",
}
DEGRADED = "图数据库暂不可用，以下为最近一次的内容"
RECONSTRUCTION = "2024.ttl#"  # where the edition was put together without its text
NAME_STATUS: Mapping[str, str] = {"attested": "名称有据", "provisional": "名称暂定"}
BASIS: Mapping[str, str] = {
    "awarded": "为官方认定",
    "assigned": "由标注人员判断",
    "published": "由发布方给出",
    "inferred": "为推断",
    "reported": "见于报道",
    "stated": "由来源写明",
    "planned": "为计划",
    "adopted": "由案例采用",
    "text": "仅名称相符",
}
METHOD: Mapping[str, str] = {
    "official": "官方文件，见转载页面",
    "published": "公开发布",
    "reported": "报道",
    "target": "目标值",
    "claimed": "供应商自述",
    "assigned": "标注人员判断",
    "inferred": "推断",
}
CORRESPONDENCE: Mapping[str, str] = {
    "sameScene": "本场景",
    "exactMatch": "与本场景等同",
    "closeMatch": "与本场景相近",
    "broadMatch": "属于本场景的一部分",
    "narrowMatch": "宽于本场景",
    "relatedMatch": "与本场景相关",
}
STATUS: Mapping[str, str] = {
    "unknown": "状态不详",
    "in force": "现行",
    "published": "已发布",
    "replaced": "已被代替",
    "withdrawn": "已废止",
    "doubtful": "状态存疑",
    "drafting": "起草中",
    "consultation": "征求意见",
    "under review": "审查中",
    "final draft": "报批稿",
    "awarded": "已公布",
    "publicised": "公示",
    "proposed": "拟认定",
    "reported": "报道或名单未说明",
}
CURRENCY: Mapping[str, str] = {
    "current": "现行有效",
    "unknown": "状态不详",
    "to_come": "尚未实施",
    "planned": "制定中",
    "doubtful": "状态存疑",
    "no_more": "不再适用",
}
STANDARD_ROLE: Mapping[str, str] = {
    "terminology": "术语与标识",
    "reference_model": "参考模型",
    "data": "数据",
    "interface": "接口",
    "method": "方法",
    "safety": "安全",
    "evaluation": "评价",
    "product_or_process": "产品或过程",
    "management": "管理",
    "unknown": "未判定",
}
CLOSENESS: Mapping[str, str] = {
    "scene": "直接关联场景",
    "industry": "面向该行业",
    "title": "名称与场景相符",
    "segment": "关联所属环节",
    "factory": "面向整个工厂",
}
OVERLAP: Mapping[str, str] = {
    "adopts": "一项采用另一项",
    "adopts_inferred": "推断一项采用另一项",
    "same_source": "采用同一国际标准",
    "same_title": "名称相同",
}
CONFLICT: Mapping[str, str] = {
    "two_editions": "同一标准的两个版本，后者尚未实施",
    "other_edition": "前者采用的是后者的另一版本",
}
RELATED: Mapping[str, str] = {
    "replaces": "代替",
    "replaced_by": "被代替",
    "adopts": "采用",
    "adopted_by": "被采用",
}
PLANNED_RELATED: Mapping[str, str] = {
    "replaces": "拟代替",
    "replaced_by": "拟被代替，制定中的是",
    "adopts": "拟采用",
    "adopted_by": "拟被采用，制定中的是",
}
DEGREE: Mapping[str, str] = {
    "identical": "等同",
    "modified": "修改",
    "not_equivalent": "非等效",
}
STANDARD_LEVEL: Mapping[str, str] = {
    "national": "国家标准",
    "industry": "行业标准",
    "group": "团体标准",
    "local": "地方标准",
    "enterprise": "企业标准",
    "international": "国际标准",
}
SEVERITY: Mapping[str, str] = {"error": "错误", "warning": "警告", "notice": "提示"}
FINDING: Mapping[str, str] = {
    "bare_instance": "只有实例名",
    "box_not_ticked": "选项未勾选",
    "column_repeated": "列标题重复",
    "columns_changed": "换页后列数不同",
    "contact_misplaced": "联系方式出现在其他栏",
    "contact_shape": "不是手机号",
    "converted": "经转换读取",
    "count_differs": "宣布的数目与所列不符",
    "covered_value": "合并单元格下另有内容",
    "cut_row": "末行不完整",
    "damaged_text": "文字受损",
    "date_instead_of_text": "文字处为日期",
    "drawing_ignored": "图形未读取",
    "duplicate_in_graph": "图谱中已有",
    "duplicate_in_list": "名单内重复",
    "duplicate_in_table": "表内重复",
    "embedded_ignored": "嵌入对象未读取",
    "encoding_unclear": "文字编码不明",
    "enterprise_missing": "缺少申报单位",
    "example_left_in": "未删除表中示例",
    "extract": "从较长名单中摘出",
    "form_fields_ignored": "表单域未读取",
    "formula_error": "公式出错",
    "formula_without_value": "公式无值",
    "glyphs_without_text": "有字形而无文字",
    "group_count_wrong": "所列家数与实际不符",
    "group_prefix": "集团名称与企业名称写在一处",
    "heading_used": "环节取自小标题",
    "hidden_column": "隐藏列",
    "hidden_row": "隐藏行",
    "hidden_sheet": "隐藏工作表",
    "hidden_text": "隐藏文字",
    "identity_unknown": "不能确定是哪份名单",
    "instance_missing": "缺少实例名",
    "instruction_left_in": "未删除填写说明",
    "item_missing": "缺少内容",
    "item_nearly_empty": "内容几乎空白",
    "level_conflict": "层级与表题不符",
    "misspelt_name": "名称疑有一字之误",
    "mixed_editions": "环节与场景出自不同年版",
    "more_values_than_columns": "值多于列",
    "name_and_factory": "企业与工厂写在一处",
    "name_and_scene": "企业与场景写在一处",
    "name_not_attested": "未见于所存各版指引的名称",
    "name_repaired": "名称已修复",
    "name_to_review": "名称待核对",
    "no_scene": "指引中没有这样的场景",
    "no_table": "未找到推荐汇总表",
    "no_text_layer": "页面是图片，没有文字",
    "not_data": "不是数据行",
    "nothing_recognised": "未识别出文字",
    "notice_without_list": "通知中没有名单",
    "number_lost": "号码位数丢失",
    "number_without_name": "有序号而无名称",
    "numbering": "编号不连续",
    "old_name": "含原名",
    "order_reversed": "各部分顺序不对",
    "other_edition": "其他年版的名称",
    "other_programme": "其他计划的称号",
    "over_long": "以句子代替名称",
    "page_not_recognised": "超出识别页数，未识别",
    "part_missing": "缺少部分",
    "part_nearly_empty": "部分几乎空白",
    "parts_in_other_order": "各部分顺序与要求不同",
    "picture_small": "图片太小",
    "placeholder": "以占位词代替内容",
    "placeholder_left_in": "保留了占位内容",
    "project_missing": "缺少项目名称",
    "quota_exceeded": "超过推荐名额",
    "quote_not_closed": "引号未闭合",
    "recognised": "文字由图片识别",
    "recommending_unit_unknown": "推荐单位不明",
    "red_print_ignored": "红色印迹未读取",
    "role_words_left_in": "保留了（环节名）等提示词",
    "row_may_continue": "行可能接下页",
    "row_over_pages": "行跨页",
    "scene_differs": "所写场景与文字不一致",
    "segment_not_known": "不是指引中的环节",
    "several_scenes": "一条写了几个场景",
    "short_name": "不是企业全称",
    "stage_unknown": "不能确定名单进展到哪一步",
    "struck_out": "带删除线",
    "taken_from_above": "申报单位取自上行",
    "unaccepted_changes": "有未接受的修订",
    "unknown_leading_part": "环节前另有内容",
    "unknown_level": "不是梯度培育的层级",
    "unsure_characters": "识别把握不足",
    "wrong_segment": "场景不属于所填环节",
}
RECOMMENDING_KIND: Mapping[str, str] = {
    "province": "省级",
    "planned_city": "计划单列市",
    "corps": "兵团",
    "central_enterprise": "中央企业",
}
SOURCE_KIND: Mapping[str, str] = {
    "vocabulary": "术语与分类",
    "official_document": "官方文件",
    "official_list": "官方名单",
    "table": "整理的表格",
}
TEXT_KIND: Mapping[str, str] = {
    "case": "企业真实案例",
    "need": "需求",
    "instance": "实例名称",
    "practice": "做法描述",
    "solution": "方案",
    "english": "英文",
}
# The other way round: what the thing at the far end is to the one shown.
REVERSED: Mapping[str, str] = {"broadMatch": "narrowMatch", "narrowMatch": "broadMatch"}
VALUES: Mapping[str, Mapping[str, str]] = {
    "name_status": NAME_STATUS,
    "basis": {
        **BASIS,
        "assigned": "标注人员判断",
        "awarded": "官方认定",
        "reported": "报道",
        "proposed": "系统建议，未经核对",
    },
    "method": METHOD,
    "publication": METHOD,
    "predicate": CORRESPONDENCE,
    "level": STANDARD_LEVEL,
    "status": STATUS,
    "role": STANDARD_ROLE,
    "second_role": STANDARD_ROLE,
    "rank": {"primary": "主场景", "alternative": "备选场景"},
    "programme": {
        "gradient_2024": "智能工厂梯度培育行动",
        "demo_2021_2023": "智能制造示范工厂（2021–2023）",
        "wef_lighthouse": "世界经济论坛灯塔工厂",
        "provincial_municipal_other": "省市及其他称号",
    },
    "direction": {"up": "提升", "down": "下降", "none": "不分方向"},
    "roles": {"enterprise": "企业", "provider": "供应商"},
}


def value(name: str, found: object) -> str:
    """Return a property's value in words where it is a code, else as it is."""
    return VALUES.get(name, {}).get(str(found), str(found))


def label(name: str) -> str:
    """Return the Chinese name of a kind of thing."""
    return schema().label(name).zh


def property_name(label_name: str, name: str) -> str:
    """Return the Chinese name of a property."""
    return schema().label(label_name).property(name).zh


def facts(found: Thing) -> list[tuple[str, str]]:
    """Return the properties of a thing in words, in the order of the schema."""
    told = []
    for one in schema().label(found.label).properties:
        if one.name in found.properties:
            given = found.properties[one.name]
            parts = given if isinstance(given, tuple) else (given,)
            text = "；".join(value(one.name, part) for part in parts)
            provisional = one.name == "order" and _is_reconstructed(found)
            told.append((one.zh, f"{text}（本项目暂定）" if provisional else text))
    return told


def _is_reconstructed(found: Thing) -> bool:
    """Whether order and number come from the reconstruction of 2024, where nothing attests them."""
    return any(one.locator.startswith(RECONSTRUCTION) for one in found.evidence)


def neighbour_facts(one: Neighbour) -> str:
    """Return the properties of an edge in words, as seen from the thing shown."""
    told = []
    for name, found in one.properties.items():
        if name == "predicate" and one.direction == "out":
            told.append(value(name, REVERSED.get(str(found), found)))
        elif name == "confidence":
            told.append(f"把握 {found}")
        else:
            told.append(value(name, found))
    return "，".join(told)


def title(found: Thing) -> str:
    """Return the heading of a thing; what no source names is not given a name."""
    return found.name if found.properties.get("name") else f"（未具名）{label(found.label)}"


def dated(one: Evidence) -> str:
    """Return the date of a statement; a judgement's own date is not recorded."""
    if one.method in {"assigned", "inferred"}:
        return ""
    return f"，{one.date or '日期不详'}"


def level(found: LevelOfEnterprise) -> str:
    """Return a level as the list words it, with year; a public notice is no award."""
    year = f"，{found.year}" if found.year else ""
    return f"企业有工厂列入{found.as_found or found.name}{year}"


def relation(name: str) -> str:
    """Return the Chinese name of a relation."""
    return schema().relation(name).zh


def percent(probability: float) -> str:
    """Return a probability for people; nothing is ever told as certain."""
    return "大于 99%" if probability > 0.99 else f"{probability:.0%}"


def step(found: Ref) -> str:
    """Return a step of a path: scenes by id and name, because editions share names."""
    return f"{found.id} {found.name}" if found.label == "Scene" else found.name


def provisional(name_status: str) -> str:
    """Return the mark that goes behind a scene's name, "" where the name is attested."""
    return "" if name_status == "attested" else f"（{NAME_STATUS['provisional']}）"


def contributions(case: Case, weights: Mapping[str, float]) -> str:
    """Say what makes a case comparable: each reason that adds to its score, the largest first."""
    shares = {name: weights[name] * value for name, value in case.contributions.items()}
    added = sorted(
        (name for name in shares if shares[name] >= LEAST_SHOWN), key=lambda n: -shares[n]
    )
    return " · ".join(f"{CONTRIBUTION[name]} {shares[name]:.2f}" for name in added)


def effect_summary(summary: Summary) -> str:
    """Say what several enterprises state of one indicator."""
    unit = "个百分点" if summary.unit == POINTS else summary.unit or ""
    form = "g" if summary.kind == "level" else "+g"
    ends = (summary.lowest, summary.highest)
    low, high = ("?" if end is None else format(end, form) for end in ends)
    middle = "" if summary.median is None else f"，中位数 {summary.median:{form}}{unit}"
    return (
        f"{load_conditions().kpi(summary.kpi).name} {EFFECT_KIND[summary.kind]} {low}～{high}{unit}"
        f"{middle}（{summary.enterprises} 家企业自述）"
    )


def currency(found: Standard) -> str:
    """Say whether a standard is current, and as of when its status was seen."""
    told = CURRENCY[found.currency]
    if found.currency == "to_come" and found.in_force_from:
        return f"{told}，{found.in_force_from} 起实施"
    seen = f"，状态截至 {found.status_as_of}" if found.status_as_of else ""
    return f"{told}{seen}" + ("" if found.verified else "，凭记忆记录、未核对")


def link_basis(link: StandardLink) -> str:
    """Say why a standard goes with a scene or segment."""
    told = BASIS.get(link.basis, link.basis)
    if link.enterprises:
        told = f"{link.enterprises} 家企业的案例采用"
    crossed = link.correspondence not in {"", "sameScene"}
    via = f"（{CORRESPONDENCE[link.correspondence]}）" if crossed else ""
    return f"{told}，关联到 {step(link.end)}{via}"


def related_standard(one: RelatedStandard) -> str:
    """Say how two standards are related; what is only planned is told as planned."""
    words = PLANNED_RELATED if one.basis == "planned" else RELATED
    told = BASIS.get(one.basis, one.basis) + (f"，{DEGREE[one.degree]}" if one.degree else "")
    return f"{words[one.relation]} {one.standard.name}（{told}）"
